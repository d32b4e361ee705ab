// Dragging cards between columns sends the card's own form; its button does the same without a pointer.
(function () {
  const board = document.querySelector("[data-kanban]");
  if (!board || !window.Sortable) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  board.querySelectorAll("[data-column]").forEach((column) => {
    window.Sortable.create(column, {
      group: "tasks", draggable: "[data-card]", animation: still ? 0 : 150, sort: false,
      onEnd(event) {
        if (event.to === event.from) return;
        const form = event.item.querySelector("form");
        const state = document.createElement("input");
        Object.assign(state, { type: "hidden", name: "state", value: event.to.dataset.column });
        form.append(state);
        form.submit();
      },
    });
  });
})();
