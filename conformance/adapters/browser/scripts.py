"""What the harness runs inside a page."""

from typing import Final

STORAGE: Final = """async () => {
    const kept = {}, longest = 100000;
    const keep = (key, text) => { kept[key] = String(text).slice(0, longest); };
    for (const [kind, store] of [['local', window.localStorage], ['session', window.sessionStorage]])
        for (const key of Object.keys(store)) keep(`${kind}.${key}`, store.getItem(key));
    const plain = (_, value) => {
        if (value instanceof Map || value instanceof Set) return [...value];
        if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder().decode(value);
        return typeof value === 'bigint' ? String(value) : value;
    };
    const told = value => { try { return JSON.stringify(value, plain); } catch { return value; } };
    const answer = request => new Promise((done, fail) => {
        request.onsuccess = () => done(request.result);
        request.onerror = request.onblocked = () => fail(request.error);
    });
    const fromDatabases = async () => {
        for (const {name} of await window.indexedDB.databases()) {
            const database = await answer(window.indexedDB.open(name));
            for (const each of database.objectStoreNames) {
                const store = database.transaction(each).objectStore(each);
                const rows = [await answer(store.getAllKeys()), await answer(store.getAll())];
                keep(`indexedDB.${name}.${each}`, told(rows));
            }
            database.close();
        }
    };
    const fromCaches = async () => {
        for (const name of await window.caches?.keys() ?? []) {
            const cache = await window.caches.open(name);
            for (const request of await cache.keys())
                keep(`cache.${name}.${request.url}`, await (await cache.match(request)).text());
        }
    };
    const late = new Promise(done => setTimeout(done, 1000));
    await Promise.race([late, Promise.allSettled([fromDatabases(), fromCaches()])]);
    return kept;
}"""
"""Everything that the page's origin keeps in the browser beside cookies. What is not told within a second is left out:
a page may hold a database back from others."""
FOLLOW_LINK: Final = """url => {
    const link = Object.assign(document.createElement('a'), {href: url, rel: 'opener'});
    document.documentElement.append(link);
    link.click();
}"""
GLIMPSE: Final = """([testId, selector]) => {
    let candidates;
    try { candidates = [...document.querySelectorAll(selector ?? '[data-testid]')]; } catch { return null; }
    if ([...document.querySelectorAll('*')].some(element => element.shadowRoot)) return null;
    const found = candidates.find(element => testId === null || element.getAttribute('data-testid') === testId);
    if (found === undefined) return [false, ''];
    const style = getComputedStyle(found), box = found.getBoundingClientRect();
    if (style.display === 'contents' || !(found instanceof HTMLElement)) return null;
    const seen = found.checkVisibility() && style.visibility === 'visible' && box.width > 0 && box.height > 0;
    return [seen, seen ? found.innerText : ''];
}"""
"""Whether the first element with a test id and a selector can be seen, and its text; null where that is harder to tell:
a selector of Playwright's own, a shadow tree, an element without a box. Asked then, Playwright tells the same; it loads
a script of its own into each page for that, which is a good part of the work of a sign-in."""
SELECT_FIELD: Final = """selector => {
    const field = document.querySelector(selector);
    field?.focus();
    field?.select();
    return field !== null && document.activeElement === field;
}"""
LEGEND: Final = "[document.title, document.body ? document.body.innerText : '']"
AIM: Final = "element => element.form?.action ?? element.href ?? ''"
OWN_SCRIPTS: Final = "[...document.scripts].map(script => script.src).filter(url => url.startsWith(location.origin))"
POST_FORM: Final = """([url, fields]) => {
    const form = Object.assign(document.createElement('form'), {method: 'post', action: url});
    for (const [name, value] of Object.entries(fields))
        form.append(Object.assign(document.createElement('input'), {type: 'hidden', name, value}));
    document.documentElement.append(form);
    form.submit();
}"""
