"""What the harness runs inside a page."""

from typing import Final

STORAGE: Final = """() => Object.fromEntries([['local', window.localStorage], ['session', window.sessionStorage]]
    .flatMap(([kind, store]) => Object.keys(store).map(key => [`${kind}.${key}`, store.getItem(key)])))"""
FOLLOW_LINK: Final = """url => {
    const link = Object.assign(document.createElement('a'), {href: url, rel: 'opener'});
    document.documentElement.append(link);
    link.click();
}"""
AIM: Final = "element => element.form?.action ?? element.href ?? ''"
OWN_SCRIPTS: Final = "[...document.scripts].map(script => script.src).filter(url => url.startsWith(location.origin))"
POST_FORM: Final = """([url, fields]) => {
    const form = Object.assign(document.createElement('form'), {method: 'post', action: url});
    for (const [name, value] of Object.entries(fields))
        form.append(Object.assign(document.createElement('input'), {type: 'hidden', name, value}));
    document.documentElement.append(form);
    form.submit();
}"""
