/* Small comforts. Every page works without them. */
(() => {
  "use strict";
  const all = (what, where = document) => [...where.querySelectorAll(what)];

  // A form is sent once, however often the button is pressed; coming back makes it ready again.
  const rest = (form) => {
    delete form.dataset.sent;
    all("[aria-disabled]", form).forEach((button) => button.removeAttribute("aria-disabled"));
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent || !navigator.onLine) return event.preventDefault();
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-disabled", "true");
    setTimeout(rest, 20000, form); // the network may have given up
  });
  addEventListener("pageshow", () => all("form[data-sent]").forEach(rest));

  // No connection: said at once, and nothing is sent into the void.
  const offline = document.querySelector(".offline");
  const connection = () => offline && (offline.hidden = navigator.onLine);
  ["online", "offline"].forEach((change) => addEventListener(change, connection));
  connection();

  // What is wrong is met first, and a press leads to the very field.
  all("[data-focus]").slice(0, 1).forEach((box) => box.focus());
  all(".summary a[href^='#']").forEach((link) =>
    link.addEventListener("click", (event) => {
      const place = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      const field = place?.matches("fieldset") ? place.querySelector("input, select, textarea") : place;
      if (!field) return;
      event.preventDefault();
      (place.querySelector("legend") ?? document.querySelector(`label[for="${CSS.escape(field.id)}"]`) ?? field).scrollIntoView();
      field.focus({ preventScroll: true });
    }),
  );

  // How much may still be written.
  all("textarea[data-max]").forEach((area) => {
    const count = document.getElementById(`${area.id}-count`);
    const tell = () => {
      const left = area.dataset.max - area.value.length;
      count.textContent = (left < 0 ? count.dataset.over : count.dataset.left).replace("{n}", Math.abs(left));
      count.classList.toggle("field__count--over", left < 0);
    };
    area.addEventListener("input", tell);
    if (area.value) tell();
  });

  // The menu closes when one looks elsewhere.
  const menu = document.querySelector(".menu");
  document.addEventListener("click", (event) => menu?.contains(event.target) || menu?.removeAttribute("open"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu?.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    // The desk: once in the list, J and K walk through its rows. Keys without a modifier work
    // only there, so that nobody who speaks or slips on the keyboard sets them off (WCAG 2.1.4).
    const rows = all(".rows__open");
    const here = rows.indexOf(document.activeElement);
    const step = { j: 1, k: -1 }[event.key];
    if (step && here >= 0 && !event.ctrlKey && !event.metaKey && !event.altKey)
      rows[Math.min(rows.length - 1, Math.max(0, here + step))].focus();
  });
})();
