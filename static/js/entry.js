// Each field of an entry saves itself. What is typed stays in this browser until the server has
// confirmed exactly that text: a lost connection, an ended session or a closed tab lose nothing.

const TYPING_PAUSE = 1500; // ms
const TIME_LIMIT = 20_000; // ms for one request
const RETRY_SECONDS = [3, 10, 30, 60]; // and then every minute

const form = document.querySelector("form[data-entry]");
const fields = [];

function words(name) {
  return form.querySelector(`template[data-text="${name}"]`).content.textContent;
}

// As the server stores it.
function normalised(text) {
  return text.replace(/\r\n?/g, "\n").trim();
}

// Not crypto.randomUUID, which an office's http address does not have.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

// Signing in again, in this tab or another, brings a new token: the cookie has it.
function token() {
  const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return found ? found[1] : form.elements.csrfmiddlewaretoken.value;
}

class Field {
  constructor(block) {
    this.block = block;
    this.name = block.dataset.field;
    this.address = `ita-entry:${form.dataset.entry}:${this.name}`;
    this.controls = [...form.elements].filter((control) => control.name === this.name);
    this.version = form.elements[`version-${this.name}`];
    this.answer = block.querySelector(".field-answer");
    this.stored = normalised(block.dataset.stored);
    this.sending = null;
    this.refused = null; // a text that the server has answered with a refusal
    this.tries = 0;
    this.isConflict = false;
    this.mayKeep = true;

    const isWritten = this.controls[0].matches("textarea, [type=text], [type=number]");
    block.addEventListener("input", () => this.typed(isWritten ? TYPING_PAUSE : 0));
    block.addEventListener("change", () => this.typed(0));
    block.addEventListener("click", (event) => this.pressed(event));
    block.addEventListener("htmx:configRequest", (event) => this.configure(event));
    block.addEventListener("htmx:beforeSwap", (event) => this.refuseWholePages(event));
    block.addEventListener("htmx:afterRequest", (event) => this.answered(event));
    this.offerKept();
  }

  // What stands in the control ------------------------------------------------------------------

  get value() {
    const [first] = this.controls;
    if (first.type === "radio") return this.controls.find((radio) => radio.checked)?.value ?? "";
    if (first.type === "checkbox") return first.checked ? "yes" : "";
    return first.value;
  }

  set value(text) {
    const [first] = this.controls;
    if (first.type === "radio") {
      for (const radio of this.controls) radio.checked = radio.value === text;
    } else if (first.type === "checkbox") first.checked = text !== "";
    else first.value = text;
  }

  get isSaved() {
    return normalised(this.value) === this.stored && !this.sending;
  }

  // What this browser keeps ---------------------------------------------------------------------

  get kept() {
    try {
      return JSON.parse(localStorage.getItem(this.address));
    } catch {
      return null;
    }
  }

  keep(changes) {
    const kept = { text: this.value, version: this.version.value, at: Date.now(), ...changes };
    try {
      localStorage.setItem(this.address, JSON.stringify(kept));
      this.mayKeep = true;
    } catch {
      this.mayKeep = false;
    }
    return kept;
  }

  forget() {
    try {
      localStorage.removeItem(this.address);
    } catch {
      this.mayKeep = false;
    }
  }

  offerKept() {
    const kept = this.kept;
    if (!kept) {
      if (this.isSaved) return;
      // Typed before this script was here; or a refused form shown again, which waits for a press.
      if ("isShownAgain" in form.dataset) this.keep({});
      else this.typed(TYPING_PAUSE);
      return;
    }
    if (normalised(kept.text) === this.stored) {
      this.forget();
      return;
    }
    if (normalised(kept.text) === normalised(this.value)) return;
    const offer = form.querySelector("template[data-offer]").content.cloneNode(true);
    offer.querySelector("[data-offered-text]").textContent = this.inWords(kept.text);
    offer.querySelector("[data-offered-at]").textContent = new Date(kept.at).toLocaleString("th-TH-u-nu-thai", {
      dateStyle: "medium",
      timeStyle: "short",
    });
    this.answer.replaceChildren(offer);
  }

  inWords(text) {
    const radio = this.controls.find((control) => control.type === "radio" && control.value === text);
    if (radio) return radio.closest("label").textContent.trim();
    return this.controls[0].type === "checkbox" ? (text ? "✓" : "–") : text;
  }

  // What the person does ------------------------------------------------------------------------

  typed(pause) {
    clearTimeout(this.timer);
    if (this.isSaved) {
      this.refused = null;
      this.forget();
      if (!this.isConflict) this.say("");
      return;
    }
    const isNew = this.kept?.text !== this.value;
    if (isNew) this.keep({});
    if (this.isConflict) return;
    // Leaving the field is no new text: the answer to it, and what can be pressed there, stays.
    if (!isNew && (this.refused === this.value || this.sending)) return;
    if (!this.sending) this.say(this.mayKeep ? "typing" : "not-kept");
    this.timer = setTimeout(() => this.save(), pause);
  }

  pressed(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.matches("[data-use]")) {
      const kept = this.kept;
      this.value = kept.text;
      // Over what the person saw then: whoever has written since is not written over.
      this.version.value = kept.version;
      this.answer.replaceChildren();
      this.save();
    } else if (button.matches("[data-discard]")) {
      this.forget();
      this.answer.replaceChildren();
    } else if (button.matches("[data-keep-mine]")) {
      this.isConflict = false;
      this.version.value = this.newer;
      this.save();
    } else if (button.matches("[data-take-theirs]")) {
      this.isConflict = false;
      this.version.value = this.newer;
      this.value = button.dataset.takeTheirs;
      this.stored = normalised(button.dataset.takeTheirs);
      this.forget();
      this.say("taken");
    } else if (button.matches("[data-copy]")) {
      event.preventDefault();
      this.copyAfterSaving(button);
      return;
    } else return;
    this.controls[0].focus();
  }

  async copyAfterSaving(button) {
    if (!this.isSaved) await this.flush(); // what stands there is kept by the server first
    if (!this.isSaved) return;
    this.sending = { key: newKey(), version: this.version.value, isCopy: true };
    this.say("saving");
    window.htmx.trigger(button, "entry:copy");
  }

  // Saving --------------------------------------------------------------------------------------

  save() {
    clearTimeout(this.timer);
    if (this.sending || this.isConflict || this.isSaved) return;
    const kept = this.kept;
    const isRepeated = kept?.key && kept.text === this.value && kept.version === this.version.value;
    this.sending = this.keep({ key: isRepeated ? kept.key : newKey() });
    this.say("saving");
    window.htmx.trigger(this.block, "entry:save");
  }

  configure(event) {
    const { detail } = event;
    detail.parameters.version = this.sending.version;
    detail.parameters.key = this.sending.key;
    if (!this.sending.isCopy) detail.parameters.text = this.sending.text;
    detail.headers["X-CSRFToken"] = token();
    detail.timeout = TIME_LIMIT;
  }

  refuseWholePages(event) {
    if (/^\s*<!doctype/i.test(event.detail.xhr.responseText)) event.detail.shouldSwap = false;
  }

  answered(event) {
    const { xhr } = event.detail;
    const sent = this.sending;
    this.sending = null;
    this.refused = xhr.status >= 400 && xhr.status < 500 ? sent.text : null;
    const version = xhr.getResponseHeader("Entry-Version");
    const isFragment = !/^\s*<!doctype/i.test(xhr.responseText);
    if (xhr.status === 200 && version && isFragment) this.confirmed(sent, version, xhr.responseText);
    else if (xhr.status === 409) {
      this.isConflict = true;
      this.newer = version;
    } else if (xhr.status === 0 || xhr.status >= 500) this.tryAgainLater();
    else if (!isFragment) this.say("broken");
    this.whenAnswered?.();
  }

  confirmed(sent, version, page) {
    this.tries = 0;
    this.version.value = version;
    if (sent.isCopy) {
      const answer = new DOMParser().parseFromString(page, "text/html");
      const line = answer.querySelector("[data-stored]");
      this.value = line.dataset.stored;
      this.stored = normalised(line.dataset.stored);
      this.answer.replaceChildren(line);
      return;
    }
    this.stored = normalised(sent.text);
    if (this.kept?.text === sent.text) this.forget();
    if (!this.isSaved) this.typed(TYPING_PAUSE);
  }

  tryAgainLater() {
    this.say("lost");
    const seconds = RETRY_SECONDS[Math.min(this.tries++, RETRY_SECONDS.length - 1)];
    this.timer = setTimeout(() => this.save(), seconds * 1000);
  }

  // Saves now and waits until the server has answered, or cannot be reached.
  async flush() {
    if (this.sending) await new Promise((resolve) => (this.whenAnswered = resolve));
    if (!this.isSaved && !this.isConflict) {
      const isAnswered = new Promise((resolve) => (this.whenAnswered = resolve));
      this.save();
      if (this.sending) await isAnswered;
    }
    this.whenAnswered = null;
  }

  say(name) {
    const line = document.createElement("p");
    line.className = `save-state${["", "saving", "taken"].includes(name) ? "" : " unsaved"}`;
    line.textContent = name && words(name);
    this.answer.replaceChildren(line);
  }
}

function start() {
  for (const block of form.querySelectorAll(".entry-field")) fields.push(new Field(block));
  const summary = form.querySelector("[data-summary]");
  const status = fields.find((field) => field.name === "status");

  // The one button saves what has not been saved by itself, without leaving the page.
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    summary.className = "save-state";
    summary.textContent = words("saving");
    await Promise.all(fields.map((field) => field.flush()));
    const isAll = fields.every((field) => field.isSaved && !field.isConflict);
    summary.textContent = words(!isAll ? "some-unsaved" : status.value ? "all-saved" : "no-status");
    summary.className = isAll && status.value ? "notice success" : "notice warn";
    if (isAll && !status.value) status.controls[0].focus();
  });

  const saveAll = () => fields.forEach((field) => field.sending || !field.kept?.key || field.save());
  window.addEventListener("online", saveAll);
  // Back from another tab, perhaps from signing in again.
  document.addEventListener("visibilitychange", () => document.hidden || saveAll());
  window.addEventListener("beforeunload", (event) => {
    if (fields.some((field) => !field.isSaved && !field.mayKeep)) event.preventDefault();
  });
}

if (form) start();
