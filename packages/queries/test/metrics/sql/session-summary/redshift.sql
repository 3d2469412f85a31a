-- session-summary, grain hour
-- ["purchase",1,0]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not datediff(millisecond, "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time",
          case
            when (
              "session_previous" is null
              or not datediff(millisecond, "session_previous", "time") <= 86400000
            ) then "time"
          end desc nulls last rows unbounded preceding
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and datediff(millisecond, "session_began", "time") <= 86400000
        ) then case
          when datediff(millisecond, "session_first", "session_last") <= 86400000 then cast("session_key" as varchar(65535))
          else (
            cast("session_key" as varchar(65535)) || '@' || (to_char("session_began", 'YYYY-MM-DD') || 'T' || to_char("session_began", 'HH24:MI:SS'))
          )
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "sessions" as (
    select
      min("time") as "began",
      max("time") as "ended",
      count(*) as "events",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "purchases"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "totals" as (
    select
      date_trunc('hour', "began") as "period",
      count(*) as "sessions",
      count(
        case
          when "events" = $2 then 1
        end
      ) as "bounces",
      count(
        case
          when "purchases" > $3 then 1
        end
      ) as "purchaseSessions",
      sum("events") as "events",
      sum(datediff(millisecond, "began", "ended")) as "milliseconds"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('hour', "began")
  ),
  "loose" as (
    select
      date_trunc('hour', "time") as "period",
      count(*) as "eventsWithoutSession"
    from
      "events"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('hour', "time")
  )
select
  (to_char("totals"."period", 'YYYY-MM-DD') || 'T' || to_char("totals"."period", 'HH24') || ':00:00Z') as "period",
  "sessions",
  "bounces",
  (cast("bounces" as double precision) / nullif(cast("sessions" as double precision), 0)) as "bounceRate",
  "purchaseSessions",
  (cast("events" as double precision) / nullif(cast("sessions" as double precision), 0)) as "averageEvents",
  (cast("milliseconds" as double precision) / nullif(cast("sessions" * 1000 as double precision), 0)) as "averageSeconds",
  coalesce("loose"."eventsWithoutSession", 0) as "eventsWithoutSession"
from
  "totals"
  left join "loose" on "loose"."period" = "totals"."period"
order by
  "totals"."period";

-- session-summary, grain day
-- ["purchase",1,0]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not datediff(millisecond, "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time",
          case
            when (
              "session_previous" is null
              or not datediff(millisecond, "session_previous", "time") <= 86400000
            ) then "time"
          end desc nulls last rows unbounded preceding
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and datediff(millisecond, "session_began", "time") <= 86400000
        ) then case
          when datediff(millisecond, "session_first", "session_last") <= 86400000 then cast("session_key" as varchar(65535))
          else (
            cast("session_key" as varchar(65535)) || '@' || (to_char("session_began", 'YYYY-MM-DD') || 'T' || to_char("session_began", 'HH24:MI:SS'))
          )
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "sessions" as (
    select
      min("time") as "began",
      max("time") as "ended",
      count(*) as "events",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "purchases"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "totals" as (
    select
      date_trunc('day', "began") as "period",
      count(*) as "sessions",
      count(
        case
          when "events" = $2 then 1
        end
      ) as "bounces",
      count(
        case
          when "purchases" > $3 then 1
        end
      ) as "purchaseSessions",
      sum("events") as "events",
      sum(datediff(millisecond, "began", "ended")) as "milliseconds"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('day', "began")
  ),
  "loose" as (
    select
      date_trunc('day', "time") as "period",
      count(*) as "eventsWithoutSession"
    from
      "events"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('day', "time")
  )
select
  to_char("totals"."period", 'YYYY-MM-DD') as "period",
  "sessions",
  "bounces",
  (cast("bounces" as double precision) / nullif(cast("sessions" as double precision), 0)) as "bounceRate",
  "purchaseSessions",
  (cast("events" as double precision) / nullif(cast("sessions" as double precision), 0)) as "averageEvents",
  (cast("milliseconds" as double precision) / nullif(cast("sessions" * 1000 as double precision), 0)) as "averageSeconds",
  coalesce("loose"."eventsWithoutSession", 0) as "eventsWithoutSession"
from
  "totals"
  left join "loose" on "loose"."period" = "totals"."period"
order by
  "totals"."period";

-- session-summary, grain week
-- ["purchase",1,0]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not datediff(millisecond, "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time",
          case
            when (
              "session_previous" is null
              or not datediff(millisecond, "session_previous", "time") <= 86400000
            ) then "time"
          end desc nulls last rows unbounded preceding
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and datediff(millisecond, "session_began", "time") <= 86400000
        ) then case
          when datediff(millisecond, "session_first", "session_last") <= 86400000 then cast("session_key" as varchar(65535))
          else (
            cast("session_key" as varchar(65535)) || '@' || (to_char("session_began", 'YYYY-MM-DD') || 'T' || to_char("session_began", 'HH24:MI:SS'))
          )
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "sessions" as (
    select
      min("time") as "began",
      max("time") as "ended",
      count(*) as "events",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "purchases"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "totals" as (
    select
      date_trunc('week', "began") as "period",
      count(*) as "sessions",
      count(
        case
          when "events" = $2 then 1
        end
      ) as "bounces",
      count(
        case
          when "purchases" > $3 then 1
        end
      ) as "purchaseSessions",
      sum("events") as "events",
      sum(datediff(millisecond, "began", "ended")) as "milliseconds"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('week', "began")
  ),
  "loose" as (
    select
      date_trunc('week', "time") as "period",
      count(*) as "eventsWithoutSession"
    from
      "events"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('week', "time")
  )
select
  to_char("totals"."period", 'YYYY-MM-DD') as "period",
  "sessions",
  "bounces",
  (cast("bounces" as double precision) / nullif(cast("sessions" as double precision), 0)) as "bounceRate",
  "purchaseSessions",
  (cast("events" as double precision) / nullif(cast("sessions" as double precision), 0)) as "averageEvents",
  (cast("milliseconds" as double precision) / nullif(cast("sessions" * 1000 as double precision), 0)) as "averageSeconds",
  coalesce("loose"."eventsWithoutSession", 0) as "eventsWithoutSession"
from
  "totals"
  left join "loose" on "loose"."period" = "totals"."period"
order by
  "totals"."period";

-- session-summary, grain month
-- ["purchase",1,0]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not datediff(millisecond, "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time",
          case
            when (
              "session_previous" is null
              or not datediff(millisecond, "session_previous", "time") <= 86400000
            ) then "time"
          end desc nulls last rows unbounded preceding
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and datediff(millisecond, "session_began", "time") <= 86400000
        ) then case
          when datediff(millisecond, "session_first", "session_last") <= 86400000 then cast("session_key" as varchar(65535))
          else (
            cast("session_key" as varchar(65535)) || '@' || (to_char("session_began", 'YYYY-MM-DD') || 'T' || to_char("session_began", 'HH24:MI:SS'))
          )
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "sessions" as (
    select
      min("time") as "began",
      max("time") as "ended",
      count(*) as "events",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "purchases"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "totals" as (
    select
      date_trunc('month', "began") as "period",
      count(*) as "sessions",
      count(
        case
          when "events" = $2 then 1
        end
      ) as "bounces",
      count(
        case
          when "purchases" > $3 then 1
        end
      ) as "purchaseSessions",
      sum("events") as "events",
      sum(datediff(millisecond, "began", "ended")) as "milliseconds"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('month', "began")
  ),
  "loose" as (
    select
      date_trunc('month', "time") as "period",
      count(*) as "eventsWithoutSession"
    from
      "events"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('month', "time")
  )
select
  to_char("totals"."period", 'YYYY-MM-DD') as "period",
  "sessions",
  "bounces",
  (cast("bounces" as double precision) / nullif(cast("sessions" as double precision), 0)) as "bounceRate",
  "purchaseSessions",
  (cast("events" as double precision) / nullif(cast("sessions" as double precision), 0)) as "averageEvents",
  (cast("milliseconds" as double precision) / nullif(cast("sessions" * 1000 as double precision), 0)) as "averageSeconds",
  coalesce("loose"."eventsWithoutSession", 0) as "eventsWithoutSession"
from
  "totals"
  left join "loose" on "loose"."period" = "totals"."period"
order by
  "totals"."period";

-- session-summary, grain all
-- ["purchase",1,0]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not datediff(millisecond, "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time",
          case
            when (
              "session_previous" is null
              or not datediff(millisecond, "session_previous", "time") <= 86400000
            ) then "time"
          end desc nulls last rows unbounded preceding
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and datediff(millisecond, "session_began", "time") <= 86400000
        ) then case
          when datediff(millisecond, "session_first", "session_last") <= 86400000 then cast("session_key" as varchar(65535))
          else (
            cast("session_key" as varchar(65535)) || '@' || (to_char("session_began", 'YYYY-MM-DD') || 'T' || to_char("session_began", 'HH24:MI:SS'))
          )
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "sessions" as (
    select
      min("time") as "began",
      max("time") as "ended",
      count(*) as "events",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "purchases"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "totals" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      count(*) as "sessions",
      count(
        case
          when "events" = $2 then 1
        end
      ) as "bounces",
      count(
        case
          when "purchases" > $3 then 1
        end
      ) as "purchaseSessions",
      sum("events") as "events",
      sum(datediff(millisecond, "began", "ended")) as "milliseconds"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000'
  ),
  "loose" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      count(*) as "eventsWithoutSession"
    from
      "events"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000'
  )
select
  '2024-02-26/2024-03-06' as "period",
  "sessions",
  "bounces",
  (cast("bounces" as double precision) / nullif(cast("sessions" as double precision), 0)) as "bounceRate",
  "purchaseSessions",
  (cast("events" as double precision) / nullif(cast("sessions" as double precision), 0)) as "averageEvents",
  (cast("milliseconds" as double precision) / nullif(cast("sessions" * 1000 as double precision), 0)) as "averageSeconds",
  coalesce("loose"."eventsWithoutSession", 0) as "eventsWithoutSession"
from
  "totals"
  left join "loose" on "loose"."period" = "totals"."period"
order by
  "totals"."period";

-- session-summary, by none
-- ["purchase",1,0]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not datediff(millisecond, "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time",
          case
            when (
              "session_previous" is null
              or not datediff(millisecond, "session_previous", "time") <= 86400000
            ) then "time"
          end desc nulls last rows unbounded preceding
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and datediff(millisecond, "session_began", "time") <= 86400000
        ) then case
          when datediff(millisecond, "session_first", "session_last") <= 86400000 then cast("session_key" as varchar(65535))
          else (
            cast("session_key" as varchar(65535)) || '@' || (to_char("session_began", 'YYYY-MM-DD') || 'T' || to_char("session_began", 'HH24:MI:SS'))
          )
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "sessions" as (
    select
      min("time") as "began",
      max("time") as "ended",
      count(*) as "events",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "purchases"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "totals" as (
    select
      date_trunc('day', "began") as "period",
      count(*) as "sessions",
      count(
        case
          when "events" = $2 then 1
        end
      ) as "bounces",
      count(
        case
          when "purchases" > $3 then 1
        end
      ) as "purchaseSessions",
      sum("events") as "events",
      sum(datediff(millisecond, "began", "ended")) as "milliseconds"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('day', "began")
  ),
  "loose" as (
    select
      date_trunc('day', "time") as "period",
      count(*) as "eventsWithoutSession"
    from
      "events"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('day', "time")
  )
select
  to_char("totals"."period", 'YYYY-MM-DD') as "period",
  "sessions",
  "bounces",
  (cast("bounces" as double precision) / nullif(cast("sessions" as double precision), 0)) as "bounceRate",
  "purchaseSessions",
  (cast("events" as double precision) / nullif(cast("sessions" as double precision), 0)) as "averageEvents",
  (cast("milliseconds" as double precision) / nullif(cast("sessions" * 1000 as double precision), 0)) as "averageSeconds",
  coalesce("loose"."eventsWithoutSession", 0) as "eventsWithoutSession"
from
  "totals"
  left join "loose" on "loose"."period" = "totals"."period"
order by
  "totals"."period";

-- session-summary, by category
-- ["purchase",1,0,0]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."category_code" as "category",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "category",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "category",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not datediff(millisecond, "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time",
          case
            when (
              "session_previous" is null
              or not datediff(millisecond, "session_previous", "time") <= 86400000
            ) then "time"
          end desc nulls last rows unbounded preceding
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      "category",
      case
        when (
          "session_key" is not null
          and datediff(millisecond, "session_began", "time") <= 86400000
        ) then case
          when datediff(millisecond, "session_first", "session_last") <= 86400000 then cast("session_key" as varchar(65535))
          else (
            cast("session_key" as varchar(65535)) || '@' || (to_char("session_began", 'YYYY-MM-DD') || 'T' || to_char("session_began", 'HH24:MI:SS'))
          )
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "sessions" as (
    select
      min(min("time")) over (
        partition by
          "session"
      ) as "began",
      min("time") as "first",
      max("time") as "ended",
      count(*) as "events",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "purchases",
      cast("category" as varchar(65535)) as "part"
    from
      "events"
    where
      "session" is not null
    group by
      "session",
      "category"
  ),
  "totals" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      "part" as "part",
      count(*) as "sessions",
      count(
        case
          when "events" = $2 then 1
        end
      ) as "bounces",
      count(
        case
          when "purchases" > $3 then 1
        end
      ) as "purchaseSessions",
      sum("events") as "events",
      sum(datediff(millisecond, "first", "ended")) as "milliseconds"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      "part"
  ),
  "loose" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      cast("category" as varchar(65535)) as "part",
      count(*) as "eventsWithoutSession"
    from
      "events"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      "category"
  ),
  "rows" as (
    select
      "period" as "period",
      "part" as "part",
      sum("sessions") as "sessions",
      sum("bounces") as "bounces",
      sum("purchaseSessions") as "purchaseSessions",
      sum("events") as "events",
      sum("milliseconds") as "milliseconds",
      sum("eventsWithoutSession") as "eventsWithoutSession"
    from
      (
        select
          "period" as "period",
          "part" as "part",
          "sessions" as "sessions",
          "bounces" as "bounces",
          "purchaseSessions" as "purchaseSessions",
          "events" as "events",
          "milliseconds" as "milliseconds",
          0 as "eventsWithoutSession"
        from
          "totals"
        union all
        select
          "period" as "period",
          "part" as "part",
          0 as "sessions",
          0 as "bounces",
          0 as "purchaseSessions",
          0 as "events",
          0 as "milliseconds",
          "eventsWithoutSession" as "eventsWithoutSession"
        from
          "loose"
      ) as "rows"
    group by
      "period",
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "category",
  "sessions",
  "bounces",
  (cast("bounces" as double precision) / nullif(cast("sessions" as double precision), 0)) as "bounceRate",
  "purchaseSessions",
  (cast("events" as double precision) / nullif(cast("sessions" as double precision), 0)) as "averageEvents",
  (cast("milliseconds" as double precision) / nullif(cast("sessions" * 1000 as double precision), 0)) as "averageSeconds",
  "eventsWithoutSession"
from
  "rows"
where
  "sessions" > $4
order by
  "rows"."period",
  "sessions" desc,
  "part" asc nulls last;

-- session-summary, by brand
-- ["purchase",1,0,0]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."brand" as "brand",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "brand",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "brand",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not datediff(millisecond, "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time",
          case
            when (
              "session_previous" is null
              or not datediff(millisecond, "session_previous", "time") <= 86400000
            ) then "time"
          end desc nulls last rows unbounded preceding
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      "brand",
      case
        when (
          "session_key" is not null
          and datediff(millisecond, "session_began", "time") <= 86400000
        ) then case
          when datediff(millisecond, "session_first", "session_last") <= 86400000 then cast("session_key" as varchar(65535))
          else (
            cast("session_key" as varchar(65535)) || '@' || (to_char("session_began", 'YYYY-MM-DD') || 'T' || to_char("session_began", 'HH24:MI:SS'))
          )
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "sessions" as (
    select
      min(min("time")) over (
        partition by
          "session"
      ) as "began",
      min("time") as "first",
      max("time") as "ended",
      count(*) as "events",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "purchases",
      cast("brand" as varchar(65535)) as "part"
    from
      "events"
    where
      "session" is not null
    group by
      "session",
      "brand"
  ),
  "totals" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      "part" as "part",
      count(*) as "sessions",
      count(
        case
          when "events" = $2 then 1
        end
      ) as "bounces",
      count(
        case
          when "purchases" > $3 then 1
        end
      ) as "purchaseSessions",
      sum("events") as "events",
      sum(datediff(millisecond, "first", "ended")) as "milliseconds"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      "part"
  ),
  "loose" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      cast("brand" as varchar(65535)) as "part",
      count(*) as "eventsWithoutSession"
    from
      "events"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      "brand"
  ),
  "rows" as (
    select
      "period" as "period",
      "part" as "part",
      sum("sessions") as "sessions",
      sum("bounces") as "bounces",
      sum("purchaseSessions") as "purchaseSessions",
      sum("events") as "events",
      sum("milliseconds") as "milliseconds",
      sum("eventsWithoutSession") as "eventsWithoutSession"
    from
      (
        select
          "period" as "period",
          "part" as "part",
          "sessions" as "sessions",
          "bounces" as "bounces",
          "purchaseSessions" as "purchaseSessions",
          "events" as "events",
          "milliseconds" as "milliseconds",
          0 as "eventsWithoutSession"
        from
          "totals"
        union all
        select
          "period" as "period",
          "part" as "part",
          0 as "sessions",
          0 as "bounces",
          0 as "purchaseSessions",
          0 as "events",
          0 as "milliseconds",
          "eventsWithoutSession" as "eventsWithoutSession"
        from
          "loose"
      ) as "rows"
    group by
      "period",
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "brand",
  "sessions",
  "bounces",
  (cast("bounces" as double precision) / nullif(cast("sessions" as double precision), 0)) as "bounceRate",
  "purchaseSessions",
  (cast("events" as double precision) / nullif(cast("sessions" as double precision), 0)) as "averageEvents",
  (cast("milliseconds" as double precision) / nullif(cast("sessions" * 1000 as double precision), 0)) as "averageSeconds",
  "eventsWithoutSession"
from
  "rows"
where
  "sessions" > $4
order by
  "rows"."period",
  "sessions" desc,
  "part" asc nulls last;

-- session-summary, by product
-- ["purchase",1,0,0]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."product_id" as "item",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "item",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "item",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not datediff(millisecond, "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time",
          case
            when (
              "session_previous" is null
              or not datediff(millisecond, "session_previous", "time") <= 86400000
            ) then "time"
          end desc nulls last rows unbounded preceding
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      "item",
      case
        when (
          "session_key" is not null
          and datediff(millisecond, "session_began", "time") <= 86400000
        ) then case
          when datediff(millisecond, "session_first", "session_last") <= 86400000 then cast("session_key" as varchar(65535))
          else (
            cast("session_key" as varchar(65535)) || '@' || (to_char("session_began", 'YYYY-MM-DD') || 'T' || to_char("session_began", 'HH24:MI:SS'))
          )
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "sessions" as (
    select
      min(min("time")) over (
        partition by
          "session"
      ) as "began",
      min("time") as "first",
      max("time") as "ended",
      count(*) as "events",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "purchases",
      cast("item" as varchar(65535)) as "part"
    from
      "events"
    where
      "session" is not null
    group by
      "session",
      "item"
  ),
  "totals" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      "part" as "part",
      count(*) as "sessions",
      count(
        case
          when "events" = $2 then 1
        end
      ) as "bounces",
      count(
        case
          when "purchases" > $3 then 1
        end
      ) as "purchaseSessions",
      sum("events") as "events",
      sum(datediff(millisecond, "first", "ended")) as "milliseconds"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      "part"
  ),
  "loose" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      cast("item" as varchar(65535)) as "part",
      count(*) as "eventsWithoutSession"
    from
      "events"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      "item"
  ),
  "rows" as (
    select
      "period" as "period",
      "part" as "part",
      sum("sessions") as "sessions",
      sum("bounces") as "bounces",
      sum("purchaseSessions") as "purchaseSessions",
      sum("events") as "events",
      sum("milliseconds") as "milliseconds",
      sum("eventsWithoutSession") as "eventsWithoutSession"
    from
      (
        select
          "period" as "period",
          "part" as "part",
          "sessions" as "sessions",
          "bounces" as "bounces",
          "purchaseSessions" as "purchaseSessions",
          "events" as "events",
          "milliseconds" as "milliseconds",
          0 as "eventsWithoutSession"
        from
          "totals"
        union all
        select
          "period" as "period",
          "part" as "part",
          0 as "sessions",
          0 as "bounces",
          0 as "purchaseSessions",
          0 as "events",
          0 as "milliseconds",
          "eventsWithoutSession" as "eventsWithoutSession"
        from
          "loose"
      ) as "rows"
    group by
      "period",
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "product",
  "sessions",
  "bounces",
  (cast("bounces" as double precision) / nullif(cast("sessions" as double precision), 0)) as "bounceRate",
  "purchaseSessions",
  (cast("events" as double precision) / nullif(cast("sessions" as double precision), 0)) as "averageEvents",
  (cast("milliseconds" as double precision) / nullif(cast("sessions" * 1000 as double precision), 0)) as "averageSeconds",
  "eventsWithoutSession"
from
  "rows"
where
  "sessions" > $4
order by
  "rows"."period",
  "sessions" desc,
  "part" asc nulls last;

-- session-summary, by hour
-- ["purchase",1,0,0]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not datediff(millisecond, "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time",
          case
            when (
              "session_previous" is null
              or not datediff(millisecond, "session_previous", "time") <= 86400000
            ) then "time"
          end desc nulls last rows unbounded preceding
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and datediff(millisecond, "session_began", "time") <= 86400000
        ) then case
          when datediff(millisecond, "session_first", "session_last") <= 86400000 then cast("session_key" as varchar(65535))
          else (
            cast("session_key" as varchar(65535)) || '@' || (to_char("session_began", 'YYYY-MM-DD') || 'T' || to_char("session_began", 'HH24:MI:SS'))
          )
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "sessions" as (
    select
      min("time") as "began",
      max("time") as "ended",
      count(*) as "events",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "purchases"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "totals" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      cast(
        extract(
          hour
          from
            "began"
        ) as integer
      ) as "part",
      count(*) as "sessions",
      count(
        case
          when "events" = $2 then 1
        end
      ) as "bounces",
      count(
        case
          when "purchases" > $3 then 1
        end
      ) as "purchaseSessions",
      sum("events") as "events",
      sum(datediff(millisecond, "began", "ended")) as "milliseconds"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      cast(
        extract(
          hour
          from
            "began"
        ) as integer
      )
  ),
  "loose" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      cast(
        extract(
          hour
          from
            "time"
        ) as integer
      ) as "part",
      count(*) as "eventsWithoutSession"
    from
      "events"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      cast(
        extract(
          hour
          from
            "time"
        ) as integer
      )
  ),
  "rows" as (
    select
      "period" as "period",
      "part" as "part",
      sum("sessions") as "sessions",
      sum("bounces") as "bounces",
      sum("purchaseSessions") as "purchaseSessions",
      sum("events") as "events",
      sum("milliseconds") as "milliseconds",
      sum("eventsWithoutSession") as "eventsWithoutSession"
    from
      (
        select
          "period" as "period",
          "part" as "part",
          "sessions" as "sessions",
          "bounces" as "bounces",
          "purchaseSessions" as "purchaseSessions",
          "events" as "events",
          "milliseconds" as "milliseconds",
          0 as "eventsWithoutSession"
        from
          "totals"
        union all
        select
          "period" as "period",
          "part" as "part",
          0 as "sessions",
          0 as "bounces",
          0 as "purchaseSessions",
          0 as "events",
          0 as "milliseconds",
          "eventsWithoutSession" as "eventsWithoutSession"
        from
          "loose"
      ) as "rows"
    group by
      "period",
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "hour",
  "sessions",
  "bounces",
  (cast("bounces" as double precision) / nullif(cast("sessions" as double precision), 0)) as "bounceRate",
  "purchaseSessions",
  (cast("events" as double precision) / nullif(cast("sessions" as double precision), 0)) as "averageEvents",
  (cast("milliseconds" as double precision) / nullif(cast("sessions" * 1000 as double precision), 0)) as "averageSeconds",
  "eventsWithoutSession"
from
  "rows"
where
  "sessions" > $4
order by
  "rows"."period",
  "part" asc nulls last;

-- session-summary, by weekday
-- ["purchase",1,0,0]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not datediff(millisecond, "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time",
          case
            when (
              "session_previous" is null
              or not datediff(millisecond, "session_previous", "time") <= 86400000
            ) then "time"
          end desc nulls last rows unbounded preceding
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and datediff(millisecond, "session_began", "time") <= 86400000
        ) then case
          when datediff(millisecond, "session_first", "session_last") <= 86400000 then cast("session_key" as varchar(65535))
          else (
            cast("session_key" as varchar(65535)) || '@' || (to_char("session_began", 'YYYY-MM-DD') || 'T' || to_char("session_began", 'HH24:MI:SS'))
          )
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "sessions" as (
    select
      min("time") as "began",
      max("time") as "ended",
      count(*) as "events",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "purchases"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "totals" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      (
        (
          cast(
            extract(
              dow
              from
                "began"
            ) as integer
          ) + 6
        ) % 7 + 1
      ) as "part",
      count(*) as "sessions",
      count(
        case
          when "events" = $2 then 1
        end
      ) as "bounces",
      count(
        case
          when "purchases" > $3 then 1
        end
      ) as "purchaseSessions",
      sum("events") as "events",
      sum(datediff(millisecond, "began", "ended")) as "milliseconds"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      (
        (
          cast(
            extract(
              dow
              from
                "began"
            ) as integer
          ) + 6
        ) % 7 + 1
      )
  ),
  "loose" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      (
        (
          cast(
            extract(
              dow
              from
                "time"
            ) as integer
          ) + 6
        ) % 7 + 1
      ) as "part",
      count(*) as "eventsWithoutSession"
    from
      "events"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      (
        (
          cast(
            extract(
              dow
              from
                "time"
            ) as integer
          ) + 6
        ) % 7 + 1
      )
  ),
  "rows" as (
    select
      "period" as "period",
      "part" as "part",
      sum("sessions") as "sessions",
      sum("bounces") as "bounces",
      sum("purchaseSessions") as "purchaseSessions",
      sum("events") as "events",
      sum("milliseconds") as "milliseconds",
      sum("eventsWithoutSession") as "eventsWithoutSession"
    from
      (
        select
          "period" as "period",
          "part" as "part",
          "sessions" as "sessions",
          "bounces" as "bounces",
          "purchaseSessions" as "purchaseSessions",
          "events" as "events",
          "milliseconds" as "milliseconds",
          0 as "eventsWithoutSession"
        from
          "totals"
        union all
        select
          "period" as "period",
          "part" as "part",
          0 as "sessions",
          0 as "bounces",
          0 as "purchaseSessions",
          0 as "events",
          0 as "milliseconds",
          "eventsWithoutSession" as "eventsWithoutSession"
        from
          "loose"
      ) as "rows"
    group by
      "period",
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "weekday",
  "sessions",
  "bounces",
  (cast("bounces" as double precision) / nullif(cast("sessions" as double precision), 0)) as "bounceRate",
  "purchaseSessions",
  (cast("events" as double precision) / nullif(cast("sessions" as double precision), 0)) as "averageEvents",
  (cast("milliseconds" as double precision) / nullif(cast("sessions" * 1000 as double precision), 0)) as "averageSeconds",
  "eventsWithoutSession"
from
  "rows"
where
  "sessions" > $4
order by
  "rows"."period",
  "part" asc nulls last;

-- session-summary, the first day
-- ["purchase",1,0]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-02-27'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not datediff(millisecond, "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time",
          case
            when (
              "session_previous" is null
              or not datediff(millisecond, "session_previous", "time") <= 86400000
            ) then "time"
          end desc nulls last rows unbounded preceding
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and datediff(millisecond, "session_began", "time") <= 86400000
        ) then case
          when datediff(millisecond, "session_first", "session_last") <= 86400000 then cast("session_key" as varchar(65535))
          else (
            cast("session_key" as varchar(65535)) || '@' || (to_char("session_began", 'YYYY-MM-DD') || 'T' || to_char("session_began", 'HH24:MI:SS'))
          )
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "sessions" as (
    select
      min("time") as "began",
      max("time") as "ended",
      count(*) as "events",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "purchases"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "totals" as (
    select
      date_trunc('day', "began") as "period",
      count(*) as "sessions",
      count(
        case
          when "events" = $2 then 1
        end
      ) as "bounces",
      count(
        case
          when "purchases" > $3 then 1
        end
      ) as "purchaseSessions",
      sum("events") as "events",
      sum(datediff(millisecond, "began", "ended")) as "milliseconds"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-02-27 00:00:00.000'
      )
    group by
      date_trunc('day', "began")
  ),
  "loose" as (
    select
      date_trunc('day', "time") as "period",
      count(*) as "eventsWithoutSession"
    from
      "events"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-02-27 00:00:00.000'
      )
    group by
      date_trunc('day', "time")
  )
select
  to_char("totals"."period", 'YYYY-MM-DD') as "period",
  "sessions",
  "bounces",
  (cast("bounces" as double precision) / nullif(cast("sessions" as double precision), 0)) as "bounceRate",
  "purchaseSessions",
  (cast("events" as double precision) / nullif(cast("sessions" as double precision), 0)) as "averageEvents",
  (cast("milliseconds" as double precision) / nullif(cast("sessions" * 1000 as double precision), 0)) as "averageSeconds",
  coalesce("loose"."eventsWithoutSession", 0) as "eventsWithoutSession"
from
  "totals"
  left join "loose" on "loose"."period" = "totals"."period"
order by
  "totals"."period";

-- session-summary, the traps of the history
-- ["purchase",1,0]
with
  "events_read" as (
    select
      "shop"."event_time" as "time",
      "shop"."event_type" as "action",
      "shop"."session" as "session_key"
    from
      "shop"
    where
      "shop"."dt" >= date '2024-03-01'
      and "shop"."dt" <= date '2024-03-06'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not datediff(millisecond, "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time",
          case
            when (
              "session_previous" is null
              or not datediff(millisecond, "session_previous", "time") <= 86400000
            ) then "time"
          end desc nulls last rows unbounded preceding
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and datediff(millisecond, "session_began", "time") <= 86400000
        ) then case
          when datediff(millisecond, "session_first", "session_last") <= 86400000 then cast("session_key" as varchar(65535))
          else (
            cast("session_key" as varchar(65535)) || '@' || (to_char("session_began", 'YYYY-MM-DD') || 'T' || to_char("session_began", 'HH24:MI:SS'))
          )
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-03-02 00:00:00.000'
  ),
  "sessions" as (
    select
      min("time") as "began",
      max("time") as "ended",
      count(*) as "events",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "purchases"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "totals" as (
    select
      date_trunc('day', "began") as "period",
      count(*) as "sessions",
      count(
        case
          when "events" = $2 then 1
        end
      ) as "bounces",
      count(
        case
          when "purchases" > $3 then 1
        end
      ) as "purchaseSessions",
      sum("events") as "events",
      sum(datediff(millisecond, "began", "ended")) as "milliseconds"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-03-03 00:00:00.000'
        and "began" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      date_trunc('day', "began")
  ),
  "loose" as (
    select
      date_trunc('day', "time") as "period",
      count(*) as "eventsWithoutSession"
    from
      "events"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-03-03 00:00:00.000'
        and "time" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      date_trunc('day', "time")
  )
select
  to_char("totals"."period", 'YYYY-MM-DD') as "period",
  "sessions",
  "bounces",
  (cast("bounces" as double precision) / nullif(cast("sessions" as double precision), 0)) as "bounceRate",
  "purchaseSessions",
  (cast("events" as double precision) / nullif(cast("sessions" as double precision), 0)) as "averageEvents",
  (cast("milliseconds" as double precision) / nullif(cast("sessions" * 1000 as double precision), 0)) as "averageSeconds",
  coalesce("loose"."eventsWithoutSession", 0) as "eventsWithoutSession"
from
  "totals"
  left join "loose" on "loose"."period" = "totals"."period"
order by
  "totals"."period";

-- session-summary, units and orders
-- ["sale",1,0]
with
  "events_read" as (
    select
      "market"."at" as "time",
      "market"."kind" as "action",
      "market"."visit" as "session_key"
    from
      "market"
    where
      "market"."dt" >= date '2024-03-01'
      and "market"."dt" <= date '2024-03-06'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not datediff(millisecond, "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time",
          case
            when (
              "session_previous" is null
              or not datediff(millisecond, "session_previous", "time") <= 86400000
            ) then "time"
          end desc nulls last rows unbounded preceding
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and datediff(millisecond, "session_began", "time") <= 86400000
        ) then case
          when datediff(millisecond, "session_first", "session_last") <= 86400000 then cast("session_key" as varchar(65535))
          else (
            cast("session_key" as varchar(65535)) || '@' || (to_char("session_began", 'YYYY-MM-DD') || 'T' || to_char("session_began", 'HH24:MI:SS'))
          )
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-03-02 00:00:00.000'
  ),
  "sessions" as (
    select
      min("time") as "began",
      max("time") as "ended",
      count(*) as "events",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "purchases"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "totals" as (
    select
      date_trunc('day', "began") as "period",
      count(*) as "sessions",
      count(
        case
          when "events" = $2 then 1
        end
      ) as "bounces",
      count(
        case
          when "purchases" > $3 then 1
        end
      ) as "purchaseSessions",
      sum("events") as "events",
      sum(datediff(millisecond, "began", "ended")) as "milliseconds"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-03-03 00:00:00.000'
        and "began" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      date_trunc('day', "began")
  ),
  "loose" as (
    select
      date_trunc('day', "time") as "period",
      count(*) as "eventsWithoutSession"
    from
      "events"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-03-03 00:00:00.000'
        and "time" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      date_trunc('day', "time")
  )
select
  to_char("totals"."period", 'YYYY-MM-DD') as "period",
  "sessions",
  "bounces",
  (cast("bounces" as double precision) / nullif(cast("sessions" as double precision), 0)) as "bounceRate",
  "purchaseSessions",
  (cast("events" as double precision) / nullif(cast("sessions" as double precision), 0)) as "averageEvents",
  (cast("milliseconds" as double precision) / nullif(cast("sessions" * 1000 as double precision), 0)) as "averageSeconds",
  coalesce("loose"."eventsWithoutSession", 0) as "eventsWithoutSession"
from
  "totals"
  left join "loose" on "loose"."period" = "totals"."period"
order by
  "totals"."period";

-- session-summary, the bazaar
-- ["page","detail","put","out","pay_page","paid","purchase",1,0]
with
  "events_read" as (
    select
      "bazaar"."at" as "time",
      case
        when "bazaar"."name" in ($1, $2) then cast('view' as varchar)
        when "bazaar"."name" in ($3) then cast('cart' as varchar)
        when "bazaar"."name" in ($4) then cast('removeFromCart' as varchar)
        when "bazaar"."name" in ($5) then cast('checkout' as varchar)
        when "bazaar"."name" in ($6) then cast('purchase' as varchar)
      end as "action",
      "bazaar"."visit" as "session_key"
    from
      "bazaar"
    where
      "bazaar"."dt" >= date '2024-03-02'
      and "bazaar"."dt" <= date '2024-03-06'
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous",
      min("time") over (
        partition by
          "session_key"
      ) as "session_first",
      max("time") over (
        partition by
          "session_key"
      ) as "session_last"
    from
      "events_read"
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not datediff(millisecond, "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time",
          case
            when (
              "session_previous" is null
              or not datediff(millisecond, "session_previous", "time") <= 86400000
            ) then "time"
          end desc nulls last rows unbounded preceding
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      case
        when (
          "session_key" is not null
          and datediff(millisecond, "session_began", "time") <= 86400000
        ) then case
          when datediff(millisecond, "session_first", "session_last") <= 86400000 then cast("session_key" as varchar(65535))
          else (
            cast("session_key" as varchar(65535)) || '@' || (to_char("session_began", 'YYYY-MM-DD') || 'T' || to_char("session_began", 'HH24:MI:SS'))
          )
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-03-03 00:00:00.000'
  ),
  "sessions" as (
    select
      min("time") as "began",
      max("time") as "ended",
      count(*) as "events",
      count(
        case
          when "action" = $7 then 1
        end
      ) as "purchases"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "totals" as (
    select
      date_trunc('day', "began") as "period",
      count(*) as "sessions",
      count(
        case
          when "events" = $8 then 1
        end
      ) as "bounces",
      count(
        case
          when "purchases" > $9 then 1
        end
      ) as "purchaseSessions",
      sum("events") as "events",
      sum(datediff(millisecond, "began", "ended")) as "milliseconds"
    from
      "sessions"
    where
      (
        "began" >= timestamp '2024-03-04 00:00:00.000'
        and "began" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      date_trunc('day', "began")
  ),
  "loose" as (
    select
      date_trunc('day', "time") as "period",
      count(*) as "eventsWithoutSession"
    from
      "events"
    where
      "session" is null
      and (
        "time" >= timestamp '2024-03-04 00:00:00.000'
        and "time" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      date_trunc('day', "time")
  )
select
  to_char("totals"."period", 'YYYY-MM-DD') as "period",
  "sessions",
  "bounces",
  (cast("bounces" as double precision) / nullif(cast("sessions" as double precision), 0)) as "bounceRate",
  "purchaseSessions",
  (cast("events" as double precision) / nullif(cast("sessions" as double precision), 0)) as "averageEvents",
  (cast("milliseconds" as double precision) / nullif(cast("sessions" * 1000 as double precision), 0)) as "averageSeconds",
  coalesce("loose"."eventsWithoutSession", 0) as "eventsWithoutSession"
from
  "totals"
  left join "loose" on "loose"."period" = "totals"."period"
order by
  "totals"."period";
