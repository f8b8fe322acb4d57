"""The one error meant for people: what was seen, where, and what to do."""


class AgingReportError(Exception):
    """A refusal or a failure that its reader can mend; its text is one line."""


class DocumentsNeeded(AgingReportError):
    """A file that speaks only of documents of a ledger, read where none is offered: it comes last, or is refused."""
