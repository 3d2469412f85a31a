-- daily-visitors, grain hour
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-24'
      and "clicks"."dt" <= '2024-03-06'
  ),
  "events_spaced" as (
    select
      "time",
      "actor",
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
      "actor",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "actor",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
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
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-24'
      and "clicks"."dt" <= '2024-03-06'
  ),
  "events_spaced" as (
    select
      "time",
      "actor",
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
      "actor",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "actor",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
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
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-24'
      and "clicks"."dt" <= '2024-03-06'
  ),
  "events_spaced" as (
    select
      "time",
      "actor",
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
      "actor",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "actor",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
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
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-24'
      and "clicks"."dt" <= '2024-03-06'
  ),
  "events_spaced" as (
    select
      "time",
      "actor",
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
      "actor",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "actor",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
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
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-24'
      and "clicks"."dt" <= '2024-03-06'
  ),
  "events_spaced" as (
    select
      "time",
      "actor",
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
      "actor",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "actor",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
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
  '2024-02-26/2024-03-06' as "period",
  "visitors",
  coalesce("sessions"."sessions", 0) as "sessions",
  "events",
  "eventsWithoutSession"
from
  "activity"
  left join "sessions" on "sessions"."period" = "activity"."period"
order by
  "activity"."period";

-- daily-visitors, by none
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-24'
      and "clicks"."dt" <= '2024-03-06'
  ),
  "events_spaced" as (
    select
      "time",
      "actor",
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
      "actor",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "actor",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
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

-- daily-visitors, by category
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."category_code" as "category",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-24'
      and "clicks"."dt" <= '2024-03-07'
  ),
  "events_spaced" as (
    select
      "time",
      "actor",
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
      "actor",
      "category",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "actor",
      "category",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "starts" as (
    select
      min(min("time")) over (
        partition by
          "session"
      ) as "began",
      cast("category" as varchar) as "part"
    from
      "events"
    where
      "session" is not null
    group by
      "session",
      "category"
  ),
  "sessions" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      "part" as "part",
      count(*) as "sessions"
    from
      "starts"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      "part"
  ),
  "activity" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      cast("category" as varchar) as "part",
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
      timestamp '2024-02-26 00:00:00.000',
      "category"
  ),
  "totals" as (
    select
      "period" as "period",
      "part" as "part",
      sum("visitors") as "visitors",
      sum("events") as "events",
      sum("eventsWithoutSession") as "eventsWithoutSession",
      sum("sessions") as "sessions"
    from
      (
        select
          "period" as "period",
          "part" as "part",
          "visitors" as "visitors",
          "events" as "events",
          "eventsWithoutSession" as "eventsWithoutSession",
          0 as "sessions"
        from
          "activity"
        union all
        select
          "period" as "period",
          "part" as "part",
          0 as "visitors",
          0 as "events",
          0 as "eventsWithoutSession",
          "sessions" as "sessions"
        from
          "sessions"
      ) as "rows"
    group by
      "period",
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "category",
  "visitors",
  "sessions",
  "events",
  "eventsWithoutSession"
from
  "totals"
order by
  "totals"."period",
  "visitors" desc,
  "part" asc nulls last;

-- daily-visitors, by brand
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."brand" as "brand",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-24'
      and "clicks"."dt" <= '2024-03-07'
  ),
  "events_spaced" as (
    select
      "time",
      "actor",
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
      "actor",
      "brand",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "actor",
      "brand",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "starts" as (
    select
      min(min("time")) over (
        partition by
          "session"
      ) as "began",
      cast("brand" as varchar) as "part"
    from
      "events"
    where
      "session" is not null
    group by
      "session",
      "brand"
  ),
  "sessions" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      "part" as "part",
      count(*) as "sessions"
    from
      "starts"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      "part"
  ),
  "activity" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      cast("brand" as varchar) as "part",
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
      timestamp '2024-02-26 00:00:00.000',
      "brand"
  ),
  "totals" as (
    select
      "period" as "period",
      "part" as "part",
      sum("visitors") as "visitors",
      sum("events") as "events",
      sum("eventsWithoutSession") as "eventsWithoutSession",
      sum("sessions") as "sessions"
    from
      (
        select
          "period" as "period",
          "part" as "part",
          "visitors" as "visitors",
          "events" as "events",
          "eventsWithoutSession" as "eventsWithoutSession",
          0 as "sessions"
        from
          "activity"
        union all
        select
          "period" as "period",
          "part" as "part",
          0 as "visitors",
          0 as "events",
          0 as "eventsWithoutSession",
          "sessions" as "sessions"
        from
          "sessions"
      ) as "rows"
    group by
      "period",
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "brand",
  "visitors",
  "sessions",
  "events",
  "eventsWithoutSession"
from
  "totals"
order by
  "totals"."period",
  "visitors" desc,
  "part" asc nulls last;

-- daily-visitors, by product
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."product_id" as "item",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-24'
      and "clicks"."dt" <= '2024-03-07'
  ),
  "events_spaced" as (
    select
      "time",
      "actor",
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
      "actor",
      "item",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "actor",
      "item",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "starts" as (
    select
      min(min("time")) over (
        partition by
          "session"
      ) as "began",
      cast("item" as varchar) as "part"
    from
      "events"
    where
      "session" is not null
    group by
      "session",
      "item"
  ),
  "sessions" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      "part" as "part",
      count(*) as "sessions"
    from
      "starts"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      "part"
  ),
  "activity" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      cast("item" as varchar) as "part",
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
      timestamp '2024-02-26 00:00:00.000',
      "item"
  ),
  "totals" as (
    select
      "period" as "period",
      "part" as "part",
      sum("visitors") as "visitors",
      sum("events") as "events",
      sum("eventsWithoutSession") as "eventsWithoutSession",
      sum("sessions") as "sessions"
    from
      (
        select
          "period" as "period",
          "part" as "part",
          "visitors" as "visitors",
          "events" as "events",
          "eventsWithoutSession" as "eventsWithoutSession",
          0 as "sessions"
        from
          "activity"
        union all
        select
          "period" as "period",
          "part" as "part",
          0 as "visitors",
          0 as "events",
          0 as "eventsWithoutSession",
          "sessions" as "sessions"
        from
          "sessions"
      ) as "rows"
    group by
      "period",
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "product",
  "visitors",
  "sessions",
  "events",
  "eventsWithoutSession"
from
  "totals"
order by
  "totals"."period",
  "visitors" desc,
  "part" asc nulls last;

-- daily-visitors, by hour
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-24'
      and "clicks"."dt" <= '2024-03-06'
  ),
  "events_spaced" as (
    select
      "time",
      "actor",
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
      "actor",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "actor",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
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
      hour("began") as "part",
      count(*) as "sessions"
    from
      "starts"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      hour("began")
  ),
  "activity" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      hour("time") as "part",
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
      timestamp '2024-02-26 00:00:00.000',
      hour("time")
  ),
  "totals" as (
    select
      "period" as "period",
      "part" as "part",
      sum("visitors") as "visitors",
      sum("events") as "events",
      sum("eventsWithoutSession") as "eventsWithoutSession",
      sum("sessions") as "sessions"
    from
      (
        select
          "period" as "period",
          "part" as "part",
          "visitors" as "visitors",
          "events" as "events",
          "eventsWithoutSession" as "eventsWithoutSession",
          0 as "sessions"
        from
          "activity"
        union all
        select
          "period" as "period",
          "part" as "part",
          0 as "visitors",
          0 as "events",
          0 as "eventsWithoutSession",
          "sessions" as "sessions"
        from
          "sessions"
      ) as "rows"
    group by
      "period",
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "hour",
  "visitors",
  "sessions",
  "events",
  "eventsWithoutSession"
from
  "totals"
order by
  "totals"."period",
  "part" asc nulls last;

-- daily-visitors, by weekday
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-24'
      and "clicks"."dt" <= '2024-03-06'
  ),
  "events_spaced" as (
    select
      "time",
      "actor",
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
      "actor",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "actor",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
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
      day_of_week("began") as "part",
      count(*) as "sessions"
    from
      "starts"
    where
      (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      day_of_week("began")
  ),
  "activity" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      day_of_week("time") as "part",
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
      timestamp '2024-02-26 00:00:00.000',
      day_of_week("time")
  ),
  "totals" as (
    select
      "period" as "period",
      "part" as "part",
      sum("visitors") as "visitors",
      sum("events") as "events",
      sum("eventsWithoutSession") as "eventsWithoutSession",
      sum("sessions") as "sessions"
    from
      (
        select
          "period" as "period",
          "part" as "part",
          "visitors" as "visitors",
          "events" as "events",
          "eventsWithoutSession" as "eventsWithoutSession",
          0 as "sessions"
        from
          "activity"
        union all
        select
          "period" as "period",
          "part" as "part",
          0 as "visitors",
          0 as "events",
          0 as "eventsWithoutSession",
          "sessions" as "sessions"
        from
          "sessions"
      ) as "rows"
    group by
      "period",
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "weekday",
  "visitors",
  "sessions",
  "events",
  "eventsWithoutSession"
from
  "totals"
order by
  "totals"."period",
  "part" asc nulls last;

-- daily-visitors, the first day
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= '2024-02-24'
      and "clicks"."dt" <= '2024-02-26'
  ),
  "events_spaced" as (
    select
      "time",
      "actor",
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
      "actor",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "actor",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
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
  "events_read" as (
    select
      "shop"."event_time" as "time",
      "shop"."user_id" as "actor",
      "shop"."session" as "session_key"
    from
      "shop"
    where
      "shop"."dt" >= '2024-03-01'
      and "shop"."dt" <= '2024-03-05'
  ),
  "events_spaced" as (
    select
      "time",
      "actor",
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
      "actor",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "actor",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-03-02 00:00:00.000'
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

-- daily-visitors, units and orders
with
  "events_read" as (
    select
      "market"."at" as "time",
      "market"."customer" as "actor",
      "market"."visit" as "session_key"
    from
      "market"
    where
      "market"."dt" >= '2024-03-01'
      and "market"."dt" <= '2024-03-05'
  ),
  "events_spaced" as (
    select
      "time",
      "actor",
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
      "actor",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "actor",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-03-02 00:00:00.000'
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

-- daily-visitors, the bazaar
with
  "events_read" as (
    select
      "bazaar"."at" as "time",
      "bazaar"."visitor" as "actor",
      "bazaar"."visit" as "session_key"
    from
      "bazaar"
    where
      "bazaar"."dt" >= '2024-03-02'
      and "bazaar"."dt" <= '2024-03-05'
  ),
  "events_spaced" as (
    select
      "time",
      "actor",
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
      "actor",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not date_diff('millisecond', "session_previous", "time") <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began",
      "session_first",
      "session_last"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "actor",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then case
          when date_diff('millisecond', "session_first", "session_last") <= 86400000 then cast("session_key" as varchar)
          else concat(cast("session_key" as varchar), '@', date_format("session_began", '%Y-%m-%dT%H:%i:%s'))
        end
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-03-03 00:00:00.000'
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
        "began" >= timestamp '2024-03-04 00:00:00.000'
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
        "time" >= timestamp '2024-03-04 00:00:00.000'
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
