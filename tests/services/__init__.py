"""When the examples of the services take place."""

import datetime as dt

NOW = dt.datetime(2027, 2, 16, 14, 36, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(minutes=5)
TODAY = NOW.date()
