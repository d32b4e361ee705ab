"""Migrations one after the other, drawing anew only the models that a step can change.

Django draws the models of each moment from its migrations. After most steps it draws the changed model anew
and everything that points to it, however far around: nine tenths of the time that our steps took went there,
and more than half of it goes where only a condition or an index is added, or a model that nobody knows yet.
"""

from typing import Any

from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState


class Drawing(ProjectState):
    """The state that goes forward with the migrations. What Django copies from it to look back is its own."""

    def add_model(self, model_state: ModelState) -> None:
        """Nearby models only, as Django does for plain fields; before a program runs it draws all anew."""
        drawn = self.__dict__.pop("apps", None)
        super().add_model(model_state)
        if drawn is not None:
            self.__dict__["apps"] = drawn
            self.reload_model(model_state.app_label, model_state.name_lower, delay=True)

    def _append_option(self, app_label: str, model_name: str, option_name: str, obj: Any) -> None:
        """An index or a condition is one entry in a list of the model, which stays as it is drawn."""
        options = self.models[app_label, model_name].options
        options[option_name] = [*options[option_name], obj]
        if "apps" in self.__dict__:
            setattr(self.apps.get_model(app_label, model_name)._meta, option_name, options[option_name])


class Steps(MigrationExecutor):
    """Django's; where it goes forward, the models are drawn as above."""

    def _migrate_all_forwards(self, state: ProjectState, *args: Any, **options: Any) -> ProjectState:
        drawn = Drawing(state.models, state.real_apps)
        forwards = super()._migrate_all_forwards  # type: ignore[misc]  # left out of the stubs
        gone: ProjectState = forwards(drawn, *args, **options)
        return gone
