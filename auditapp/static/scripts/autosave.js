// Saves each answer of a section page while it is being given. The page works without this script, by its button.
//
// Sends the very fields the page would send, one criterion at a time and never two requests for the same criterion at
// once. What is not saved yet also lies in this browser (localStorage), so that a lost connection loses nothing.

const TYPING = 600; // milliseconds without a key before a note is saved
const RETRY = 5000; // milliseconds before a failed save is tried again

const form = document.getElementById("answers");
const words = document.getElementById("save-words").dataset;
const status = document.getElementById("save-status");
const banner = document.getElementById("save-banner");
const criteria = new Map();

class Criterion {
  constructor(card) {
    this.id = card.dataset.criterion;
    this.store = `auditapp:${form.dataset.audit}:${this.id}`;
    this.button = ""; // the button that was pressed and not answered yet
    this.dirty = false;
    this.busy = false;
    this.failed = false;
    this.refused = false;
    this.over = null; // after a collision: the version the words were typed over
    this.timer = 0;
  }

  get card() {
    return form.querySelector(`[data-criterion="${this.id}"]`);
  }

  // The fields of this criterion; the row of a new link only when its button was pressed.
  fields(withNew) {
    const all = new FormData(form);
    const found = new URLSearchParams();
    for (const [name, value] of all) {
      if (!name.startsWith(`${this.id}.`) || typeof value !== "string") continue;
      if (!withNew && name.startsWith(`${this.id}.new-`)) continue;
      found.append(name, value);
    }
    return found;
  }

  changed(wait) {
    this.dirty = true;
    this.refused = false;
    this.remember();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  press(button) {
    this.button = button;
    this.changed(0);
  }

  remember() {
    const kept = this.fields(true);
    // Nobody has chosen yet: a page loaded anew must collide again, not overwrite.
    for (const [part, value] of Object.entries(this.over || {})) kept.set(`${this.id}.${part}`, value);
    try {
      localStorage.setItem(this.store, kept.toString());
    } catch {
      // A full or forbidden store: the page itself still holds everything.
    }
  }

  forget() {
    try {
      const left = this.fields(true);
      const typing = [...left].some(([name, value]) => name.startsWith(`${this.id}.new-`) && !name.endsWith("-kind") && value);
      if (typing) localStorage.setItem(this.store, left.toString());
      else localStorage.removeItem(this.store);
    } catch {
      // As above.
    }
  }

  // Put back what an earlier visit could not save.
  restore() {
    let kept;
    try {
      kept = localStorage.getItem(this.store);
    } catch {
      return false;
    }
    if (!kept) return false;
    const was = this.fields(true).toString();
    for (const [name, value] of new URLSearchParams(kept)) {
      for (const field of form.elements) {
        if (field.name !== name || field.type === "hidden") continue;
        if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === value;
        else field.value = value;
      }
      const open = form.elements[name];
      if (value && open instanceof Element && !name.endsWith("-kind")) open.closest("details")?.setAttribute("open", "");
    }
    // The version stays the one the words were typed over: whoever saved meanwhile is not overwritten.
    for (const part of ["version", "was"]) {
      const old = new URLSearchParams(kept).get(`${this.id}.${part}`);
      if (old !== null) form.elements[`${this.id}.${part}`].value = old;
    }
    const now = this.fields(true);
    if (now.toString() === was) {
      this.forget();
      return false;
    }
    return true;
  }

  async save() {
    if (this.busy || !this.dirty || !navigatorOnline()) {
      if (this.dirty && !this.busy) this.fail(words.offline);
      return;
    }
    clearTimeout(this.timer);
    const button = this.button;
    const body = this.fields(button.startsWith("add:"));
    body.append("checklist", form.elements.checklist.value);
    if (button) body.append("do", button);
    if (this.marked) body.append("marked", "y");
    this.button = "";
    this.dirty = false;
    this.busy = true;
    this.show(words.saving, "");
    try {
      const answer = await fetch(this.address, { method: "POST", headers: this.headers, body, signal: AbortSignal.timeout(20000) });
      const told = answer.headers.get("Content-Type")?.startsWith("application/json");
      if (told) this.take(await answer.json(), answer.status, button);
      else this.stop(answer.status, button);
    } catch {
      this.button = this.button || button;
      this.dirty = true;
      this.fail(words.failed);
    }
    this.busy = false;
    if (this.dirty && !this.failed && !this.refused) this.save();
    report();
  }

  get address() {
    return form.dataset.save.replace(/-$/, encodeURIComponent(this.id));
  }

  // Whether the criterion shows a mistake that this save may put right; that of a new link waits for its own button.
  get marked() {
    return this.card.classList.contains("has-error") && !this.card.querySelector("[name*='.new-'][aria-invalid]");
  }

  get headers() {
    return { "X-CSRFToken": form.elements.csrf_token.value, Accept: "application/json" };
  }

  // What the server answered: the version to go on from, the score, and sometimes the whole criterion drawn anew.
  take(answer, code, button) {
    this.failed = false;
    this.refused = code !== 200;
    const [version, was] = ["version", "was"].map((part) => form.elements[`${this.id}.${part}`]);
    if (code === 200) this.over = null;
    if (code === 409) this.over ||= { version: version.value, was: was.value };
    version.value = answer.version;
    was.value = answer.was;
    replace(document.getElementById("live"), answer.live);
    if (answer.card && !this.dirty) this.redraw(answer.card, button);
    else replace(this.card.querySelector("[data-state]"), answer.state);
    if (code === 200) {
      if (!this.dirty) this.forget();
      this.show(savedAt(answer.saved), "saved");
      if (answer.saved) status.textContent = savedAt(answer.saved);
    } else {
      this.remember();
      this.show(words.unsaved, "not-saved");
      status.textContent = words.unsaved;
    }
  }

  redraw(html, button) {
    const active = document.activeElement;
    const focused = this.card.contains(active) ? active.id : "";
    const cursor = active?.selectionStart ?? null;
    const open = [...this.card.querySelectorAll("details")].map((part) => part.open);
    const typing = button.startsWith("add:") ? [] : [...this.card.querySelectorAll("[name*='.new-']")];
    replace(this.card, html);
    localTimes(this.card);
    this.card.querySelectorAll("details").forEach((part, index) => { part.open ||= open[index] && !button.startsWith("add:"); });
    for (const field of typing) form.elements[field.name].value = field.value;
    const collision = this.card.querySelector(".collision input");
    const wrong = this.card.querySelector("[aria-invalid=true]");
    const landing = button.startsWith("add:") || button.startsWith("remove:") ? this.card.querySelector(".evidence") : null;
    const target = collision || wrong || landing || (focused && document.getElementById(focused));
    if (!target) return;
    target.focus();
    if (target.id === focused && cursor !== null && target.matches("textarea")) target.setSelectionRange(cursor, cursor);
  }

  // The server would not take it, and trying again will not help.
  stop(code, button) {
    this.button = button;
    this.dirty = true;
    this.failed = true;
    const gone = { 400: words.stale, 403: words.stale, 404: words.gone, 409: words.closed, 413: words.long };
    this.fail(gone[code] || words.failed, code in gone);
  }

  fail(reason, final) {
    this.failed = true;
    this.remember();
    this.show(words.unsaved, "not-saved");
    banner.dataset.reason = reason;
    clearTimeout(this.timer);
    if (!final) this.timer = setTimeout(() => { this.failed = false; this.save(); }, RETRY);
    report();
  }

  show(text, kind) {
    const place = this.card.querySelector("[data-saved]");
    if (kind === "saved" && text) place.replaceChildren(tick(text));
    else if (text) place.replaceChildren(Object.assign(document.createElement("span"), { className: kind || "second", textContent: text }));
    else place.replaceChildren();
  }
}

function navigatorOnline() {
  return navigator.onLine !== false;
}

function replace(old, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
  if (old && fresh) old.replaceWith(document.importNode(fresh, true));
}

function clock(iso) {
  return new Date(iso).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
}

function savedAt(iso) {
  return iso ? words.saved.replace("{time}", clock(iso)) : "";
}

function tick(text) {
  const mark = document.getElementById("save-words").content.firstElementChild.cloneNode(true);
  mark.querySelector("span").textContent = text;
  return mark;
}

// Times come in UTC; on this day they are shown on the reader's own clock.
function localTimes(part) {
  for (const time of part.querySelectorAll("time")) {
    if (new Date(time.dateTime).toDateString() === new Date().toDateString()) time.textContent = clock(time.dateTime);
  }
}

// The loud banner, for as long as anything is not saved.
function report() {
  const failing = [...criteria.values()].some((one) => one.failed);
  banner.hidden = !failing;
  const text = failing ? banner.dataset.reason : "";
  if (banner.textContent !== text) banner.textContent = text;
}

function criterionOf(target) {
  const card = target.closest?.("[data-criterion]");
  if (!card) return null;
  const id = card.dataset.criterion;
  if (!criteria.has(id)) criteria.set(id, new Criterion(card));
  return criteria.get(id);
}

function isNew(field) {
  return field.name?.includes(".new-");
}

form.addEventListener("input", (event) => {
  const one = criterionOf(event.target);
  if (!one) return;
  if (isNew(event.target)) one.remember();
  else if (event.target.matches("textarea")) one.changed(TYPING);
});

form.addEventListener("change", (event) => {
  const one = criterionOf(event.target);
  if (!one || isNew(event.target)) return;
  if (event.target.name.endsWith(".reason")) {
    const choice = form.querySelector(`input[name="${one.id}.choice"][value="not_applicable"]`);
    if (choice) choice.checked = true;
  }
  const chosen = event.target.name.endsWith(".choice") && event.target.value === "not_applicable";
  if (chosen && !form.querySelector(`input[name="${one.id}.reason"]:checked`)) {
    one.remember();
    one.card.querySelector(".reasons input")?.focus();
    return;
  }
  one.changed(0);
});

form.addEventListener("submit", (event) => {
  const button = event.submitter;
  const typing = document.activeElement;
  const one = criterionOf(button?.value === "stay" ? typing : button || typing);
  if (button?.value === "stay" && one && isNew(typing)) {
    event.preventDefault();
    one.press(`add:${one.id}`);
  } else if (one && button && /^(add|remove|clear):/.test(button.value)) {
    event.preventDefault();
    one.press(button.value);
  } else {
    for (const other of criteria.values()) {
      clearTimeout(other.timer);
      other.dirty = false; // the page takes everything along
    }
  }
});

// Leaving: what is still waiting goes along in a request that outlives the page.
addEventListener("pagehide", () => {
  for (const one of criteria.values()) {
    if (one.dirty && !one.busy && !one.failed) {
      const body = one.fields(one.button.startsWith("add:"));
      body.append("checklist", form.elements.checklist.value);
      if (one.button) body.append("do", one.button);
      fetch(one.address, { method: "POST", headers: one.headers, body, keepalive: true }).catch(() => {});
    }
  }
});

addEventListener("beforeunload", (event) => {
  if ([...criteria.values()].some((one) => one.failed && one.dirty)) event.preventDefault();
});

addEventListener("online", () => {
  for (const one of criteria.values()) {
    if (one.dirty) {
      one.failed = false;
      one.save();
    }
  }
});

localTimes(form);
const restored = [];
for (const card of form.querySelectorAll("[data-criterion]")) {
  const one = criterionOf(card);
  if (one.restore()) restored.push(one);
}
for (const one of restored) one.changed(0);
if (restored.length) status.textContent = words.restored;
