"""Every clock of the house, on one page. Times are those of ``REMIT_ZONE``."""

from remit.jobs.schedules import Schedule

SCHEDULES = (
    Schedule("letters", "* * * * *", "remit.notices.tasks.send_letters"),
    Schedule("files", "50 3 * * *", "remit.files.tasks.let_go"),
    Schedule("events", "* * * * *", "remit.collection.tasks.drain"),
    Schedule("identities", "50 * * * *", "remit.customers.tasks.follow"),
    Schedule("seen_events", "55 3 * * *", "remit.collection.tasks.forget"),
    Schedule("compact", "20 3 * * *", "remit.lake.tasks.compact"),
    Schedule("vacuum", "30 3 * * *", "remit.lake.tasks.vacuum"),
    Schedule("rollups", "*/20 * * * *", "remit.metrics.tasks.refresh"),
    Schedule("alerts", "*/15 * * * *", "remit.metrics.tasks.watch"),
    Schedule("duties", "*/5 * * * *", "remit.duties.tasks.tick_duties"),
    Schedule("requests", "*/5 * * * *", "remit.governance.tasks.tick_requests"),
    Schedule("meetings", "15 2 * * *", "remit.governance.tasks.lay_meetings_ahead"),
    Schedule("screening", "35 2 * * *", "remit.governance.tasks.screen_live_content"),
    Schedule("occurrences", "10 2 * * *", "remit.duties.tasks.generate_occurrences"),
    Schedule("first_weeks", "40 6 * * *", "remit.execution.tasks.look_at_launches"),
    Schedule("contracts", "50 6 * * *", "remit.planning.tasks.look_at_contracts"),
    Schedule("promises", "55 6 * * *", "remit.execution.tasks.look_at_promises"),
    Schedule("reports", "10 7 * * *", "remit.web.tasks.make_reports_today"),
    Schedule("gaps", "5 0 * * *", "remit.duties.tasks.look_for_gaps"),
    Schedule("readings", "20 5 2 * *", "remit.duties.tasks.read_last_month"),
    Schedule("duty_figures", "*/30 * * * *", "remit.duties.tasks.publish_duty_figures"),
    Schedule("risks", "*/15 * * * *", "remit.execution.tasks.watch_risks"),
    Schedule("release_rules", "35 * * * *", "remit.planning.tasks.look_at_release_rules"),
    Schedule("effects", "15 4 * * *", "remit.planning.tasks.measure_effects"),
    Schedule("conflicts", "25 4 * * *", "remit.execution.tasks.look_for_conflicts"),
    Schedule("experiments", "30 6 * * *", "remit.learning.tasks.read_experiments"),
    Schedule("tidy", "40 3 * * *", "remit.jobs.tasks.tidy"),
    Schedule("sessions", "45 3 * * *", "remit.config.tasks.forget_sessions"),
)
