"""Letters shown in the terminal as they are read, not as they travel."""

from django.core.mail import EmailMessage
from django.core.mail.backends.console import EmailBackend


class TerminalBackend(EmailBackend):
    """Whoever resets a password on an installation without mail copies the link from here."""

    def write_message(self, message: EmailMessage) -> None:
        lines = [
            f"From: {message.from_email}",
            f"To: {', '.join(message.recipients())}",
            f"Subject: {message.subject}",
            "",
            message.body,
            "-" * 79,
        ]
        self.stream.write("\n".join(str(line) for line in lines) + "\n")
