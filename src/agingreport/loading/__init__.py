"""From files to facts in the ledger: what a load does, and what is worked out anew after each.

`command` is `agingreport load`. It finds the files (`exports`), has each read (`agingreport.readers`) and takes the
rows in (`intake`, `merge`); what is refused stays open (`refusals`). After it: who is whom (`same_clients`), what two
programs have told (`twins`), which credit settled what where no export says it (`derive`, `matching`).
"""
