"""What this firm counts, asks for and believes: the shipped figures, one TOML file a subject, and what reads them.

`reading` lays the firm's own file over them, `sections` says what each may hold, `tables` makes what the models join.
"""
