// Comfort for the forms about figures; each of them works without it.
(function () {
  const form = document.querySelector("[data-explorer]");
  if (form) {
    const wide = matchMedia("(min-width: 992px)"), panel = form.querySelector("[data-opens-wide]");
    const open = () => { if (wide.matches) panel.open = true; };
    open();
    wide.addEventListener("change", open);

    const period = form.querySelector("[data-period]"), days = form.querySelector("[data-own-days]");
    const own = () => { days.hidden = period.value !== "custom"; days.querySelectorAll("input").forEach((i) => { i.disabled = days.hidden; }); };
    own();
    form.addEventListener("change", (event) => {
      if (event.target === period) own();
      if (event.target === period && period.value === "custom") { days.querySelector("input").focus(); return; }
      if (event.target.matches("[data-changes]") && form.querySelector("[name=metric]:checked")) form.requestSubmit();
    });
    form.addEventListener("submit", () => form.querySelectorAll("select, input[type=search], input[type=date]").forEach((field) => { if (!field.value) field.disabled = true; }));
    window.addEventListener("pageshow", () => { form.querySelectorAll("select:disabled, input[type=search]:disabled").forEach((field) => { field.disabled = false; }); own(); });
    const find = form.querySelector("[name=find]");
    if (find) find.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); form.requestSubmit(form.querySelector("button[name=pick]")); } });
  }
  document.querySelectorAll("[data-picker]").forEach((picker) => {
    const search = picker.querySelector("[data-picker-search]"), groups = [...picker.querySelectorAll("[data-picker-group]")];
    const before = groups.map((group) => group.open);
    search.hidden = false;
    search.addEventListener("input", () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      groups.forEach((group, index) => {
        let any = false;
        group.querySelectorAll("[data-picker-option]").forEach((option) => {
          const text = (option.textContent + " " + option.title + " " + option.querySelector("input").value).toLowerCase();
          option.hidden = !words.every((word) => text.includes(word));
          any ||= !option.hidden;
        });
        group.hidden = !any;
        group.open = words.length ? any : before[index];
      });
    });
  });
})();
