// Compares a PDF with what was published, by its SHA-256. The file never leaves the browser: at
// most its hash is looked up.

const area = document.getElementById("file-check");
const result = area.querySelector("[data-result]");
const input = area.querySelector("input[type=file]");
const zone = area.querySelector("[data-needs-script]");

// Read as a whole, because browsers have no SHA-256 that takes a file piece by piece.
const MOST_BYTES = 300 * 1024 * 1024;

let turn = 0; // the last file given; an answer about an earlier one is not shown

function tell(name, file, sha256) {
  const message = area.querySelector(`template[data-message="${name}"]`).content.cloneNode(true);
  const link = message.querySelector("[data-lookup-link]");
  if (link) link.href = lookupAddress(sha256);
  const lines = [file ? file.name : "", sha256 ? `SHA-256: ${sha256}` : ""].filter(Boolean);
  for (const line of lines) {
    const paragraph = document.createElement("p");
    paragraph.className = "small muted code";
    paragraph.textContent = line;
    message.append(paragraph);
  }
  result.replaceChildren(message);
}

function lookupAddress(sha256) {
  return `${area.dataset.lookup}?sha256=${sha256}`;
}

async function isPdf(file) {
  const start = await file.slice(0, 5).text();
  return start === "%PDF-";
}

async function hashOf(file) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function compare(files) {
  const mine = ++turn;
  const file = files[0];
  if (!file) return;
  if (files.length > 1) return tell("several");
  if (!window.crypto || !crypto.subtle) return tell("no-crypto", file);
  if (file.size > MOST_BYTES) return tell("unreadable", file);
  tell("working", file);
  let outcome = "unreadable";
  let sha256;
  try {
    if (await isPdf(file)) {
      sha256 = await hashOf(file);
      outcome = kindOf(sha256);
    } else {
      outcome = "not-pdf";
    }
  } catch {
    // A folder, a file that vanished, or more than this device can hold.
  }
  if (mine !== turn) return;
  if (outcome === "look up") location.assign(lookupAddress(sha256));
  else tell(outcome, file, sha256);
}

function kindOf(sha256) {
  const { pdfSha256, archiveSha256 } = area.dataset;
  if (!pdfSha256) return "look up";
  if (sha256 === pdfSha256) return "pdf";
  return sha256 === archiveSha256 ? "archive" : "other";
}

zone.hidden = false;
input.addEventListener("change", () => compare(input.files));
// The same file, changed on disk, may be chosen again.
input.addEventListener("click", () => {
  input.value = "";
});

// Dropped beside the zone, a file would otherwise replace the page.
for (const kind of ["dragover", "drop"]) {
  window.addEventListener(kind, (event) => event.preventDefault());
}
zone.addEventListener("dragover", () => zone.classList.add("over"));
zone.addEventListener("dragleave", () => zone.classList.remove("over"));
zone.addEventListener("drop", (event) => {
  zone.classList.remove("over");
  compare(event.dataTransfer.files);
});
