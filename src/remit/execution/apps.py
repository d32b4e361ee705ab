from django.apps import AppConfig


class ExecutionConfig(AppConfig):
    name = "remit.execution"
    label = "execution"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from remit.planning import followers

        from .actions.laying import copy_work, drop_work
        from .actions.risk import end_risks
        from .queries.tasks import cost_of_tasks, what_is_left

        followers.register(
            followers.Follower("work", copy_work, drop_work, end_risks, what_is_left, cost_of_tasks)
        )
