-- The ways a debt leaves the books, by the kind of credit that settles it.
-- grain: credit_kind
-- credit_kind: payment, credit_note, journal_credit or write_off
-- exit: paid, credited or written off
-- exit_number: order of the exits, 1 for paid
select
    e.credit_kind as credit_kind,
    e.exit as exit,
    e.exit_number as exit_number
from (
    values
        ('payment', 'paid', 1),
        ('credit_note', 'credited', 2),
        ('journal_credit', 'credited', 2),
        ('write_off', 'written off', 3)
) as e(credit_kind, exit, exit_number)
