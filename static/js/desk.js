// Small comforts of the desk; every page works without them.

// A form that writes is sent once: the second press of an impatient finger does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  for (const button of form.querySelectorAll("button[type=submit]")) {
    button.setAttribute("aria-disabled", "true");
  }
});

// Coming back with the browser's back button must find working buttons.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button[aria-disabled]")) {
      button.removeAttribute("aria-disabled");
    }
  }
});

// Text that has not been saved is not left behind by a slip of the finger.
for (const form of document.querySelectorAll("form[data-guard]")) {
  let touched = false;
  form.addEventListener("input", () => {
    touched = true;
  });
  form.addEventListener("submit", () => {
    touched = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (touched) event.preventDefault();
  });
}
