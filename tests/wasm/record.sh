#!/bin/sh
# Stands in for the program under conform.py: keeps the requests in the file $STEPGLASS_RECORD, answers each with "no".
exec tee -a "$STEPGLASS_RECORD" | sed 's/.*/{"ok": false, "error": {"code": "Recorded", "message": ""}}/'
