// Runs before the first paint: "auto" follows the system, and goes on following it.
(function () {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  function apply() {
    const choice = root.dataset.theme;
    const shown = choice === "dark" || (choice !== "light" && dark.matches) ? "dark" : "light";
    if (root.dataset.bsTheme !== shown) root.dataset.bsTheme = shown;
  }
  apply();
  dark.addEventListener("change", apply);
  window.Remit = {
    setTheme(choice) { root.dataset.theme = choice; apply(); document.dispatchEvent(new Event("remit:theme")); },
  };
  dark.addEventListener("change", () => document.dispatchEvent(new Event("remit:theme")));
})();
