// Keeps the journal page up to date: asks for the same page again and takes over what changed. Without it the page works as well.
"use strict";

const EVERY_MS = 2000;
const LATER_MS = 6000;
const live = document.getElementById("live");
const said = document.getElementById("said-aloud");
const pause = document.getElementById("pause");
let tag = "";
let isPaused = false;

function tell(state) {
  document.getElementById("live-state").textContent = live.dataset[state];
  live.dataset.state = state;
}

// What stands open stays open, and the focus stays where it was.
function takeOver(id, page) {
  const old = document.getElementById(id);
  const fresh = page.getElementById(id);
  if (!old || !fresh || old.dataset.version === fresh.dataset.version) return false;
  const open = [...old.querySelectorAll("details[open][id]")].map((each) => each.id);
  const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
  const taken = document.importNode(fresh, true);
  for (const each of taken.querySelectorAll("details[id]")) each.open = open.includes(each.id);
  prepare(taken);
  old.replaceWith(taken);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  return true;
}

async function look() {
  const answer = await fetch(location.href, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
  tell("live");
  if (answer.status === 304) return;
  tag = answer.headers.get("ETag") ?? "";
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!document.querySelector(".inspector") !== !page.querySelector(".inspector")) {
    location.reload();
    return;
  }
  const isNews = takeOver("news", page);
  if (takeOver("chosen", page) || isNews) said.textContent = live.dataset.news;
}

async function keepLooking() {
  let wait = EVERY_MS;
  if (!isPaused && !document.hidden) {
    try {
      await look();
    } catch {
      tell("silent");
      wait = LATER_MS;
    }
  }
  setTimeout(keepLooking, wait);
}

async function copy(button) {
  const text = document.getElementById(button.dataset.copies);
  const range = document.createRange();
  range.selectNodeContents(text);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  try {
    await navigator.clipboard.writeText(text.textContent);
  } catch {
    return; // it stays selected, to be copied by hand
  }
  const before = button.textContent;
  button.textContent = said.textContent = live.dataset.copied;
  setTimeout(() => { button.textContent = before; }, EVERY_MS);
}

function prepare(place) {
  for (const each of place.querySelectorAll(".copy")) each.hidden = false;
}

// Whoever reads a sign-in keeps it, whatever comes after it.
function keep() {
  const address = document.getElementById("chosen")?.dataset.address;
  if (address && !location.pathname.startsWith(address.split("?")[0])) history.replaceState(null, "", address);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".copy");
  if (button) copy(button);
  if (event.target.closest?.("#chosen summary, #chosen .copy")) keep();
});
pause.addEventListener("click", () => {
  isPaused = !isPaused;
  pause.setAttribute("aria-pressed", String(isPaused));
  tell(isPaused ? "paused" : "live");
});
live.hidden = false;
prepare(document);
setTimeout(keepLooking, EVERY_MS);
