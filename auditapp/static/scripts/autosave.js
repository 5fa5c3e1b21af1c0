// Saves each answer of a section page while it is being given. The page works without this script, by its button.
//
// Sends the very fields the page would send, one criterion at a time and never two requests for the same criterion at
// once. What is not saved yet also lies in this browser (localStorage), so that a lost connection loses nothing.

const TYPING = 600; // milliseconds without a key before a note is saved
const COUNTING = 1200; // the same for a number, of which half says something else
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

  // Something that says nothing before it is whole, such as a time; it is saved once it is left.
  touched() {
    this.dirty = true;
    this.refused = false;
    this.remember();
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

  // Note that the page took it along: once a later version stands there, it has arrived.
  sent() {
    try {
      const kept = localStorage.getItem(this.store);
      if (kept) localStorage.setItem(this.store, `${kept}&${encodeURIComponent(`${this.id}.sent`)}=y`);
    } catch {
      // As above.
    }
  }

  arrived(kept) {
    const stands = Number(form.elements[`${this.id}.version`].value);
    return kept.has(`${this.id}.sent`) && stands > Number(kept.get(`${this.id}.version`));
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
    if (this.arrived(new URLSearchParams(kept))) {
      localStorage.removeItem(this.store);
      return false;
    }
    if (this.lacksRows(new URLSearchParams(kept))) return false;
    const was = this.fields(true).toString();
    for (const [name, value] of new URLSearchParams(kept)) {
      for (const field of form.elements) {
        if (field.name !== name || field.type === "hidden") continue;
        if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === value;
        else field.value = value;
        if (field.checked) field.closest(".by-hand")?.setAttribute("open", "");
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

  // Whether rows were typed that the page does not have; it is then loaded with them, and restored after that.
  lacksRows(kept) {
    const rows = kept.get(`${this.id}.rows`);
    const missing = [...kept].some(([name, value]) => value && name.startsWith(`${this.id}.row-`) && !form.elements[name]);
    const wanted = new URL(location);
    const asked = wanted.searchParams.getAll("rows");
    if (!missing || asked.includes(`${this.id}:${rows}`)) return false;
    wanted.searchParams.append("rows", `${this.id}:${rows}`);
    location.replace(wanted);
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
    // Whoever types on meanwhile sends again, over the version they began with: what is refused then is drawn.
    const settled = code === 200 || !this.dirty;
    this.refused = code !== 200 && settled;
    const [version, was] = ["version", "was"].map((part) => form.elements[`${this.id}.${part}`]);
    if (code === 200) this.over = null;
    if (code === 409) this.over ||= { version: version.value, was: was.value };
    if (settled) {
      version.value = answer.version;
      was.value = answer.was;
    }
    replace(document.getElementById("live"), answer.live);
    if (answer.card && !this.dirty) this.redraw(answer.card, button);
    else replace(this.card.querySelector("[data-state]"), answer.state);
    for (const [name, html] of Object.entries(answer.parts || {})) this.swap(name, html);
    for (const [id, html] of Object.entries(answer.others || {})) criterion(id)?.renew(html);
    if (code === 200) {
      if (!this.dirty) this.forget();
      this.show(savedAt(answer.saved), "saved");
      if (answer.saved) status.textContent = [savedAt(answer.saved), this.grade].filter(Boolean).join(". ");
    } else {
      this.remember();
      this.show(words.unsaved, "not-saved");
      status.textContent = words.unsaved;
    }
  }

  redraw(html, button) {
    const active = document.activeElement;
    const here = this.card.contains(active);
    const focused = here ? active.id : "";
    const [start, end] = here ? selection(active) : [null, null];
    const unfolded = openParts(this.card);
    const typing = button.startsWith("add:") ? [] : [...this.card.querySelectorAll("[name*='.new-']")];
    replace(this.card, html);
    localTimes(this.card);
    if (!button.startsWith("add:")) reopen(this.card, unfolded);
    for (const field of typing) form.elements[field.name].value = field.value;
    const collision = this.card.querySelector(".collision input");
    const wrong = this.card.querySelector("[aria-invalid=true]");
    const back = focused && document.getElementById(focused);
    // Whoever goes on typing is left alone; whoever pressed a button is led to what came of it.
    const target = collision || (button ? wrong || this.landing(button) : null) || back || (here ? wrong : null);
    if (!target) return;
    target.focus();
    if (target.id === focused && start !== null) target.setSelectionRange(start, end);
  }

  // Where a button leads that has done what it says.
  landing(button) {
    const card = this.card;
    switch (button.split(":")[0]) {
      case "add": case "remove": return card.querySelector(".evidence");
      case "work": return card.querySelector("[data-part=figure]");
      case "row": return [...card.querySelectorAll("[data-row]")].pop()?.querySelector("input, select");
      case "unrow": return card.querySelector(".number-table");
      case "empty": return card.querySelector(".numbers");
    }
    return null;
  }

  // One part of the criterion anew; what was unfolded stays so, and the focus stays where it was.
  swap(name, html) {
    const old = this.card.querySelector(`[data-part="${name}"]`);
    if (!old) return;
    const stops = (part) => [...part.querySelectorAll("summary, a[href], button, input, [tabindex]")];
    const at = stops(old).indexOf(document.activeElement);
    const verdict = old.dataset.verdict;
    const unfolded = openParts(old);
    replace(old, html);
    const fresh = this.card.querySelector(`[data-part="${name}"]`);
    if (verdict === fresh.dataset.verdict) reopen(fresh, unfolded);
    if (at >= 0) (stops(fresh)[at] || this.card.querySelector(".numbers"))?.focus();
  }

  // Somebody else's save changed this criterion, too: what is being typed here goes on from there.
  renew(html) {
    if (!this.dirty && !this.busy) {
      this.redraw(html, "");
      return;
    }
    const fresh = new DOMParser().parseFromString(html, "text/html");
    for (const part of ["version", "was"]) {
      const name = `${this.id}.${part}`;
      form.elements[name].value = fresh.querySelector(`[name="${name}"]`).value;
    }
  }

  // The grade that follows from the numbers, in words.
  get grade() {
    return this.card.querySelector(".worked-grade")?.innerText.replace(/\s+/g, " ").trim() || "";
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
  return card ? criterion(card.dataset.criterion) : null;
}

function criterion(id) {
  const card = form.querySelector(`[data-criterion="${id}"]`);
  if (card && !criteria.has(id)) criteria.set(id, new Criterion(card));
  return criteria.get(id);
}

// Which parts are unfolded, each by what it is and where it stands among its like.
function folds(part) {
  const seen = {};
  return [...part.querySelectorAll("details")].map((one) => {
    const kind = one.className;
    seen[kind] = (seen[kind] || 0) + 1;
    return [`${kind} ${seen[kind]}`, one];
  });
}

function openParts(part) {
  return new Set(folds(part).filter(([, one]) => one.open).map(([name]) => name));
}

function reopen(part, unfolded) {
  for (const [name, one] of folds(part)) one.open ||= unfolded.has(name);
}

// Where the cursor is; fields of some kinds do not tell.
function selection(field) {
  try {
    return [field.selectionStart ?? null, field.selectionEnd ?? null];
  } catch {
    return [null, null];
  }
}

function isNew(field) {
  return field.name?.includes(".new-");
}

form.addEventListener("input", (event) => {
  const one = criterionOf(event.target);
  if (!one) return;
  if (isNew(event.target)) one.remember();
  else if (event.target.matches("textarea")) one.changed(TYPING);
  else if (["count", "amount", "percent"].includes(event.target.dataset.kind)) one.changed(COUNTING);
  else if (event.target.matches("input[type=text]")) one.touched();
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
  } else if (button?.value === "stay" && one && typing.closest(".numbers")) {
    event.preventDefault();
    one.press(`work:${one.id}`);
  } else if (one && button && /^(add|remove|clear|work|row|unrow|empty):/.test(button.value)) {
    event.preventDefault();
    one.press(button.value);
  } else if (saving()) {
    // The page would be sent over the version that is just being saved, and collide with itself.
    event.preventDefault();
    afterSaving(button);
  } else {
    for (const other of criteria.values()) {
      clearTimeout(other.timer);
      other.dirty = false; // the page takes everything along
      other.sent();
    }
  }
});

function saving() {
  return [...criteria.values()].some((one) => one.busy);
}

let waiting = false; // a button was pressed while something was being saved

async function afterSaving(button) {
  if (waiting) return;
  waiting = true;
  while (saving()) await new Promise((done) => setTimeout(done, 20));
  waiting = false;
  form.requestSubmit(button);
}

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
