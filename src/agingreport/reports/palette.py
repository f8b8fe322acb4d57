"""The colours of a report by their meaning: names that the style sheet gives a light and a dark form.

Not due and the late buckets keep apart for people who do not see red, green or blue, and darken with age, so that
they keep their order in a grey print. The values are the light form, for viewers that have no style sheet.
"""

TONES = {
    "p0": "#3f7fbf",  # not due yet
    "p1": "#bd8700",
    "p2": "#b9541c",
    "p3": "#8f1d2c",
    "p4": "#4a1742",
    "quiet": "#8a96a5",
    "total": "#16202b",
}
LATE_TONES = ("p1", "p2", "p3", "p4")


def bucket_tone(bucket_number: int, bucket_count: int) -> str:
    """Give the colour of a bucket: the first has its own, the others darken with age, however many there are."""
    if bucket_number == 0:
        return "p0"
    late_count = max(1, bucket_count - 2)
    return LATE_TONES[round((bucket_number - 1) * (len(LATE_TONES) - 1) / late_count)]
