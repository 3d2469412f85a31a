-- daily-visitors, grain hour
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."user_session" as "session"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-25'
      and "clicks"."dt" <= '2024-03-06'
      and "clicks"."event_time" >= timestamp '2024-02-25 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-07 00:00:00.000'
  ),
  "starts" as (
    select
      min("time") as "began"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "sessions" as (
    select
      date_trunc('hour', "began") as "period",
      count(*) as "sessions"
    from
      "starts"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('hour', "began")
  ),
  "activity" as (
    select
      date_trunc('hour', "time") as "period",
      count(distinct "actor") as "visitors",
      count(*) as "events",
      count(*) filter(
        where
          "session" is null
      ) as "eventsWithoutSession"
    from
      "events"
    where
      (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('hour', "time")
  )
select
  date_format("activity"."period", '%Y-%m-%dT%H:00:00Z') as "period",
  "visitors",
  coalesce("sessions"."sessions", 0) as "sessions",
  "events",
  "eventsWithoutSession"
from
  "activity"
  left join "sessions" on "sessions"."period" = "activity"."period"
order by
  "activity"."period";

-- daily-visitors, grain day
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."user_session" as "session"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-25'
      and "clicks"."dt" <= '2024-03-06'
      and "clicks"."event_time" >= timestamp '2024-02-25 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-07 00:00:00.000'
  ),
  "starts" as (
    select
      min("time") as "began"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "sessions" as (
    select
      date_trunc('day', "began") as "period",
      count(*) as "sessions"
    from
      "starts"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('day', "began")
  ),
  "activity" as (
    select
      date_trunc('day', "time") as "period",
      count(distinct "actor") as "visitors",
      count(*) as "events",
      count(*) filter(
        where
          "session" is null
      ) as "eventsWithoutSession"
    from
      "events"
    where
      (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('day', "time")
  )
select
  date_format("activity"."period", '%Y-%m-%d') as "period",
  "visitors",
  coalesce("sessions"."sessions", 0) as "sessions",
  "events",
  "eventsWithoutSession"
from
  "activity"
  left join "sessions" on "sessions"."period" = "activity"."period"
order by
  "activity"."period";

-- daily-visitors, grain week
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."user_session" as "session"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-25'
      and "clicks"."dt" <= '2024-03-06'
      and "clicks"."event_time" >= timestamp '2024-02-25 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-07 00:00:00.000'
  ),
  "starts" as (
    select
      min("time") as "began"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "sessions" as (
    select
      date_trunc('week', "began") as "period",
      count(*) as "sessions"
    from
      "starts"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('week', "began")
  ),
  "activity" as (
    select
      date_trunc('week', "time") as "period",
      count(distinct "actor") as "visitors",
      count(*) as "events",
      count(*) filter(
        where
          "session" is null
      ) as "eventsWithoutSession"
    from
      "events"
    where
      (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('week', "time")
  )
select
  date_format("activity"."period", '%Y-%m-%d') as "period",
  "visitors",
  coalesce("sessions"."sessions", 0) as "sessions",
  "events",
  "eventsWithoutSession"
from
  "activity"
  left join "sessions" on "sessions"."period" = "activity"."period"
order by
  "activity"."period";

-- daily-visitors, grain month
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."user_session" as "session"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-25'
      and "clicks"."dt" <= '2024-03-06'
      and "clicks"."event_time" >= timestamp '2024-02-25 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-07 00:00:00.000'
  ),
  "starts" as (
    select
      min("time") as "began"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "sessions" as (
    select
      date_trunc('month', "began") as "period",
      count(*) as "sessions"
    from
      "starts"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('month', "began")
  ),
  "activity" as (
    select
      date_trunc('month', "time") as "period",
      count(distinct "actor") as "visitors",
      count(*) as "events",
      count(*) filter(
        where
          "session" is null
      ) as "eventsWithoutSession"
    from
      "events"
    where
      (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('month', "time")
  )
select
  date_format("activity"."period", '%Y-%m-%d') as "period",
  "visitors",
  coalesce("sessions"."sessions", 0) as "sessions",
  "events",
  "eventsWithoutSession"
from
  "activity"
  left join "sessions" on "sessions"."period" = "activity"."period"
order by
  "activity"."period";

-- daily-visitors, grain all
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."user_session" as "session"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-25'
      and "clicks"."dt" <= '2024-03-06'
      and "clicks"."event_time" >= timestamp '2024-02-25 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-03-07 00:00:00.000'
  ),
  "starts" as (
    select
      min("time") as "began"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "sessions" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      count(*) as "sessions"
    from
      "starts"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000'
  ),
  "activity" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      count(distinct "actor") as "visitors",
      count(*) as "events",
      count(*) filter(
        where
          "session" is null
      ) as "eventsWithoutSession"
    from
      "events"
    where
      (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000'
  )
select
  date_format("activity"."period", '%Y-%m-%d') as "period",
  "visitors",
  coalesce("sessions"."sessions", 0) as "sessions",
  "events",
  "eventsWithoutSession"
from
  "activity"
  left join "sessions" on "sessions"."period" = "activity"."period"
order by
  "activity"."period";

-- daily-visitors, the first day
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."user_session" as "session"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-25'
      and "clicks"."dt" <= '2024-02-26'
      and "clicks"."event_time" >= timestamp '2024-02-25 00:00:00.000'
      and "clicks"."event_time" < timestamp '2024-02-27 00:00:00.000'
  ),
  "starts" as (
    select
      min("time") as "began"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "sessions" as (
    select
      date_trunc('day', "began") as "period",
      count(*) as "sessions"
    from
      "starts"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-02-27 00:00:00.000'
      )
    group by
      date_trunc('day', "began")
  ),
  "activity" as (
    select
      date_trunc('day', "time") as "period",
      count(distinct "actor") as "visitors",
      count(*) as "events",
      count(*) filter(
        where
          "session" is null
      ) as "eventsWithoutSession"
    from
      "events"
    where
      (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-02-27 00:00:00.000'
      )
    group by
      date_trunc('day', "time")
  )
select
  date_format("activity"."period", '%Y-%m-%d') as "period",
  "visitors",
  coalesce("sessions"."sessions", 0) as "sessions",
  "events",
  "eventsWithoutSession"
from
  "activity"
  left join "sessions" on "sessions"."period" = "activity"."period"
order by
  "activity"."period";

-- daily-visitors, the traps of the history
with
  "events" as (
    select
      "shop"."event_time" as "time",
      "shop"."user_id" as "actor",
      "shop"."session" as "session"
    from
      "shop"
    where
      "shop"."dt" >= '2024-03-02'
      and "shop"."dt" <= '2024-03-05'
      and "shop"."event_time" >= timestamp '2024-03-02 00:00:00.000'
      and "shop"."event_time" < timestamp '2024-03-06 00:00:00.000'
  ),
  "starts" as (
    select
      min("time") as "began"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "sessions" as (
    select
      date_trunc('day', "began") as "period",
      count(*) as "sessions"
    from
      "starts"
    where
      (
        "began" >= timestamp '2024-03-03 00:00:00.000'
        and "began" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      date_trunc('day', "began")
  ),
  "activity" as (
    select
      date_trunc('day', "time") as "period",
      count(distinct "actor") as "visitors",
      count(*) as "events",
      count(*) filter(
        where
          "session" is null
      ) as "eventsWithoutSession"
    from
      "events"
    where
      (
        "time" >= timestamp '2024-03-03 00:00:00.000'
        and "time" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      date_trunc('day', "time")
  )
select
  date_format("activity"."period", '%Y-%m-%d') as "period",
  "visitors",
  coalesce("sessions"."sessions", 0) as "sessions",
  "events",
  "eventsWithoutSession"
from
  "activity"
  left join "sessions" on "sessions"."period" = "activity"."period"
order by
  "activity"."period";
