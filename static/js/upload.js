// Sends files of evidence one after the other, with progress, and again after a lost connection.
// The same file sent twice is kept once, so a lost answer costs nothing but the second try.

const form = document.querySelector("form[data-upload]");
const list = document.querySelector("[data-evidence-list]");
const common = form.querySelector("input[name=caption]"); // the caption for all files

const RETRY_SECONDS = [5, 15, 45]; // while the browser believes that it is online
const LOOK_AGAIN_SECONDS = 3; // for the copies of photographs
const MOST_LOOKS = 20;

function text(name) {
  return form.querySelector(`template[data-text="${name}"]`).content.textContent;
}

// The list of what is attached ------------------------------------------------------------------

let looks = 0;

async function refreshList() {
  try {
    const response = await fetch(list.dataset.evidenceList, { redirect: "error" });
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    list.replaceChildren(...page.body.childNodes);
  } catch {
    return; // the list is shown anew with the next page
  }
  lookAgain();
}

function lookAgain() {
  if (!list.querySelector("[data-is-waiting]") || ++looks > MOST_LOOKS) return;
  setTimeout(refreshList, LOOK_AGAIN_SECONDS * 1000);
}

lookAgain();

// The files that wait ---------------------------------------------------------------------------

class Row {
  static count = 0;

  constructor(file, caption) {
    this.file = file;
    this.tries = 0;
    const { content } = form.querySelector("template[data-row]");
    const element = content.cloneNode(true).firstElementChild;
    this.element = element;
    this.input = element.querySelector("[data-caption]");
    this.error = element.querySelector("[data-error]");
    this.bar = element.querySelector("[data-progress]");
    this.line = element.querySelector("[data-state]");
    this.again = element.querySelector("[data-again]");
    this.out = element.querySelector("[data-drop-out]");
    Row.count += 1;
    this.input.id = `upload-caption-${Row.count}`;
    this.error.id = `upload-error-${Row.count}`;
    this.input.setAttribute("aria-describedby", this.error.id);
    element.querySelector("label").htmlFor = this.input.id;
    this.bar.setAttribute("aria-label", file.name);
    element.querySelector("[data-name]").textContent = file.name;
    element.querySelector("[data-size]").textContent = `${(file.size / 1048576).toFixed(1)} MB`;
    this.input.value = caption;
    this.input.addEventListener("input", () => {
      this.isOwnCaption = true;
      this.tellCaption("");
    });
    this.again.addEventListener("click", () => {
      this.tries = 0;
      this.set("ready");
      sendAll();
    });
    this.out.addEventListener("click", () => remove(this));
    for (const button of [this.again, this.out]) {
      button.append(hidden(` ${file.name}`));
    }
    this.set("ready");
  }

  tellCaption(problem) {
    this.error.textContent = problem;
    this.error.hidden = !problem;
    this.input.setAttribute("aria-invalid", problem ? "true" : "false");
  }

  // ready, sending, checking, sent, lost, signed-out, broken, gone, too-large, refused
  set(state, problem) {
    this.state = state;
    const isFailed = !["ready", "sending", "checking", "sent"].includes(state);
    this.line.textContent = problem || text(state);
    this.line.className = `save-state${isFailed ? " failed" : ""}${state === "sent" ? " sent" : ""}`;
    this.bar.hidden = state !== "sending";
    this.again.hidden = !["lost", "signed-out", "broken", "refused"].includes(state);
    this.out.hidden = ["sending", "checking", "sent"].includes(state);
    this.input.readOnly = this.out.hidden;
  }
}

const rows = [];
let isSending = false;

function hidden(words) {
  const span = document.createElement("span");
  span.className = "visually-hidden";
  span.textContent = words;
  return span;
}

function isOpen(row) {
  return ["ready", "sending", "checking", "lost", "signed-out", "broken"].includes(row.state);
}

function summary(words) {
  form.querySelector("[data-summary]").textContent = words;
}

function add(files) {
  const queue = form.querySelector("[data-queue]");
  for (const file of files) {
    const row = new Row(file, common.value.trim());
    if (file.size > Number(form.dataset.mostMegabytes) * 1048576) row.set("too-large");
    rows.push(row);
    queue.append(row.element);
  }
  queue.hidden = rows.length === 0;
  summary("");
}

function remove(row) {
  rows.splice(rows.indexOf(row), 1);
  row.element.remove();
  form.querySelector("[data-queue]").hidden = rows.length === 0;
}

function token() {
  // Signing in anew in another tab changes it; the cookie has the one that counts.
  const cookie = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/);
  return cookie ? decodeURIComponent(cookie[1]) : form.elements.csrfmiddlewaretoken.value;
}

function send(row) {
  return new Promise((resolve) => {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", token());
    data.append("caption", row.input.value.trim());
    data.append("file", row.file, row.file.name);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      row.bar.value = Math.round((event.loaded / event.total) * 100);
      row.line.textContent = `${text("sending")} ${row.bar.value} %`;
    });
    request.upload.addEventListener("load", () => row.set("checking"));
    request.addEventListener("load", () => resolve(answer(row, request)));
    request.addEventListener("error", () => resolve(lost(row)));
    request.addEventListener("abort", () => resolve(lost(row)));
    row.bar.value = 0;
    row.set("sending");
    request.send(data);
  });
}

function answer(row, request) {
  const isJson = (request.getResponseHeader("Content-Type") || "").startsWith("application/json");
  if (!isJson) {
    // Led to the sign-in page, or refused for a token from before another sign-in.
    const isSignedOut = request.status === 200 || request.status === 403;
    return row.set(isSignedOut ? "signed-out" : "broken");
  }
  const { problem } = JSON.parse(request.responseText);
  row.set(problem ? "refused" : "sent", problem);
}

async function lost(row) {
  try {
    // A file that was moved or changed since it was chosen fails in the same way as the line.
    await row.file.slice(0, 1).arrayBuffer();
  } catch {
    return row.set("gone");
  }
  row.set("lost");
  const seconds = RETRY_SECONDS[row.tries++];
  if (seconds) setTimeout(() => retry([row]), seconds * 1000);
}

function retry(some) {
  if (!navigator.onLine) return;
  for (const row of some) {
    if (row.state === "lost" && rows.includes(row)) row.set("ready");
  }
  sendAll();
}

async function sendAll() {
  if (isSending) return;
  isSending = true;
  for (let row; (row = rows.find((each) => each.state === "ready" && hasCaption(each))); ) {
    summary(text("sending"));
    await send(row);
    if (row.state === "sent") {
      looks = 0;
      await refreshList();
      remove(row);
    }
    if (row.state === "signed-out") break; // the others would fare no better
  }
  isSending = false;
  summary(rows.length ? text("left") : text("all-sent"));
}

function hasCaption(row) {
  const isThere = row.input.value.trim() !== "";
  row.tellCaption(isThere ? "" : text("caption"));
  return isThere;
}

for (const input of form.querySelectorAll("input[type=file]")) {
  input.addEventListener("change", () => {
    add(input.files);
    input.value = ""; // so that the camera can be pressed again
  });
}
common.addEventListener("input", () => {
  for (const row of rows) {
    if (!row.isOwnCaption && !row.input.readOnly) row.input.value = common.value;
  }
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  event.stopPropagation(); // the desk's guard against pressing twice is for pages that change
  if (!rows.length) return summary(text("none"));
  for (const row of rows) {
    if (["lost", "broken", "signed-out"].includes(row.state)) row.set("ready");
  }
  const empty = rows.filter((row) => isOpen(row) && !hasCaption(row));
  if (empty.length) empty[0].input.focus();
  sendAll();
});
const zone = form.querySelector("[data-drop]");
zone.querySelector(".drop-hint").hidden = !window.matchMedia("(hover: hover)").matches;
zone.addEventListener("dragover", (event) => {
  event.preventDefault();
  zone.classList.add("over");
});
zone.addEventListener("dragleave", () => zone.classList.remove("over"));
zone.addEventListener("drop", (event) => {
  event.preventDefault();
  zone.classList.remove("over");
  add(event.dataTransfer.files);
});
window.addEventListener("online", () => retry(rows));
window.addEventListener("beforeunload", (event) => {
  if (rows.some(isOpen)) event.preventDefault();
});
