-- cart-abandonment, grain hour
-- ["cart","purchase","cart","remove_from_cart",0,0,0,"cart"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" collate "C" as "action",
      "clicks"."price" as "amount",
      "clicks"."user_session" collate "C" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not cast(
        round(
          extract(
            epoch
            from
              (max("time") - min("time"))
          ) * 1000
        ) as bigint
      ) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "amount",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "amount",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not cast(
              round(
                extract(
                  epoch
                  from
                    ("time" - "session_previous")
                ) * 1000
              ) as bigint
            ) <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      "amount",
      cast("session_key" as text) collate "C" as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      "amount",
      case
        when (
          "session_key" is not null
          and cast(
            round(
              extract(
                epoch
                from
                  ("time" - "session_began")
              ) * 1000
            ) as bigint
          ) <= 86400000
        ) then concat(cast("session_key" as text) collate "C", '@', to_char("session_began", 'YYYY-MM-DD"T"HH24:MI:SS'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "parts" as (
    select
      "session",
      cast(null as varchar) as "part",
      min("time") as "began",
      count(*) filter (
        where
          "action" = $1
      ) as "carts",
      count(*) filter (
        where
          "action" = $2
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $3
        ),
        0
      ) as "added",
      coalesce(
        sum("amount") filter (
          where
            "action" = $4
        ),
        0
      ) as "removed"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "sessions" as (
    select
      "part",
      "carts",
      "purchases",
      min("began") over (
        partition by
          "session"
      ) as "began",
      case
        when "added" > "removed" then "added" - "removed"
        else 0
      end as "left"
    from
      "parts"
  ),
  "lines" as (
    select
      date_trunc('hour', "began") as "period",
      "part" as "part",
      1 as "carted",
      case
        when "purchases" = $5 then 1
        else 0
      end as "abandoned",
      case
        when "purchases" = $6 then "left"
        else 0
      end as "value",
      0 as "loose"
    from
      "sessions"
    where
      "carts" > $7
      and (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    union all
    select
      date_trunc('hour', "time") as "period",
      cast(null as varchar) as "part",
      0 as "carted",
      0 as "abandoned",
      0 as "value",
      1 as "loose"
    from
      "events"
    where
      "session" is null
      and "action" = $8
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
  ),
  "totals" as (
    select
      "period",
      "part",
      sum("carted") as "cartSessions",
      sum("abandoned") as "abandonedSessions",
      sum("value") as "abandonedValue",
      sum("loose") as "cartEventsWithoutSession"
    from
      "lines"
    group by
      "period",
      "part"
  )
select
  to_char("period", 'YYYY-MM-DD"T"HH24":00:00Z"') as "period",
  "cartSessions",
  "abandonedSessions",
  (cast("abandonedSessions" as double precision) / nullif(cast("cartSessions" as double precision), 0)) as "abandonmentRate",
  "abandonedValue",
  "cartEventsWithoutSession"
from
  "totals"
order by
  "totals"."period";

-- cart-abandonment, grain day
-- ["cart","purchase","cart","remove_from_cart",0,0,0,"cart"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" collate "C" as "action",
      "clicks"."price" as "amount",
      "clicks"."user_session" collate "C" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not cast(
        round(
          extract(
            epoch
            from
              (max("time") - min("time"))
          ) * 1000
        ) as bigint
      ) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "amount",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "amount",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not cast(
              round(
                extract(
                  epoch
                  from
                    ("time" - "session_previous")
                ) * 1000
              ) as bigint
            ) <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      "amount",
      cast("session_key" as text) collate "C" as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      "amount",
      case
        when (
          "session_key" is not null
          and cast(
            round(
              extract(
                epoch
                from
                  ("time" - "session_began")
              ) * 1000
            ) as bigint
          ) <= 86400000
        ) then concat(cast("session_key" as text) collate "C", '@', to_char("session_began", 'YYYY-MM-DD"T"HH24:MI:SS'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "parts" as (
    select
      "session",
      cast(null as varchar) as "part",
      min("time") as "began",
      count(*) filter (
        where
          "action" = $1
      ) as "carts",
      count(*) filter (
        where
          "action" = $2
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $3
        ),
        0
      ) as "added",
      coalesce(
        sum("amount") filter (
          where
            "action" = $4
        ),
        0
      ) as "removed"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "sessions" as (
    select
      "part",
      "carts",
      "purchases",
      min("began") over (
        partition by
          "session"
      ) as "began",
      case
        when "added" > "removed" then "added" - "removed"
        else 0
      end as "left"
    from
      "parts"
  ),
  "lines" as (
    select
      date_trunc('day', "began") as "period",
      "part" as "part",
      1 as "carted",
      case
        when "purchases" = $5 then 1
        else 0
      end as "abandoned",
      case
        when "purchases" = $6 then "left"
        else 0
      end as "value",
      0 as "loose"
    from
      "sessions"
    where
      "carts" > $7
      and (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    union all
    select
      date_trunc('day', "time") as "period",
      cast(null as varchar) as "part",
      0 as "carted",
      0 as "abandoned",
      0 as "value",
      1 as "loose"
    from
      "events"
    where
      "session" is null
      and "action" = $8
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
  ),
  "totals" as (
    select
      "period",
      "part",
      sum("carted") as "cartSessions",
      sum("abandoned") as "abandonedSessions",
      sum("value") as "abandonedValue",
      sum("loose") as "cartEventsWithoutSession"
    from
      "lines"
    group by
      "period",
      "part"
  )
select
  to_char("period", 'YYYY-MM-DD') as "period",
  "cartSessions",
  "abandonedSessions",
  (cast("abandonedSessions" as double precision) / nullif(cast("cartSessions" as double precision), 0)) as "abandonmentRate",
  "abandonedValue",
  "cartEventsWithoutSession"
from
  "totals"
order by
  "totals"."period";

-- cart-abandonment, grain week
-- ["cart","purchase","cart","remove_from_cart",0,0,0,"cart"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" collate "C" as "action",
      "clicks"."price" as "amount",
      "clicks"."user_session" collate "C" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not cast(
        round(
          extract(
            epoch
            from
              (max("time") - min("time"))
          ) * 1000
        ) as bigint
      ) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "amount",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "amount",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not cast(
              round(
                extract(
                  epoch
                  from
                    ("time" - "session_previous")
                ) * 1000
              ) as bigint
            ) <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      "amount",
      cast("session_key" as text) collate "C" as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      "amount",
      case
        when (
          "session_key" is not null
          and cast(
            round(
              extract(
                epoch
                from
                  ("time" - "session_began")
              ) * 1000
            ) as bigint
          ) <= 86400000
        ) then concat(cast("session_key" as text) collate "C", '@', to_char("session_began", 'YYYY-MM-DD"T"HH24:MI:SS'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "parts" as (
    select
      "session",
      cast(null as varchar) as "part",
      min("time") as "began",
      count(*) filter (
        where
          "action" = $1
      ) as "carts",
      count(*) filter (
        where
          "action" = $2
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $3
        ),
        0
      ) as "added",
      coalesce(
        sum("amount") filter (
          where
            "action" = $4
        ),
        0
      ) as "removed"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "sessions" as (
    select
      "part",
      "carts",
      "purchases",
      min("began") over (
        partition by
          "session"
      ) as "began",
      case
        when "added" > "removed" then "added" - "removed"
        else 0
      end as "left"
    from
      "parts"
  ),
  "lines" as (
    select
      date_trunc('week', "began") as "period",
      "part" as "part",
      1 as "carted",
      case
        when "purchases" = $5 then 1
        else 0
      end as "abandoned",
      case
        when "purchases" = $6 then "left"
        else 0
      end as "value",
      0 as "loose"
    from
      "sessions"
    where
      "carts" > $7
      and (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    union all
    select
      date_trunc('week', "time") as "period",
      cast(null as varchar) as "part",
      0 as "carted",
      0 as "abandoned",
      0 as "value",
      1 as "loose"
    from
      "events"
    where
      "session" is null
      and "action" = $8
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
  ),
  "totals" as (
    select
      "period",
      "part",
      sum("carted") as "cartSessions",
      sum("abandoned") as "abandonedSessions",
      sum("value") as "abandonedValue",
      sum("loose") as "cartEventsWithoutSession"
    from
      "lines"
    group by
      "period",
      "part"
  )
select
  to_char("period", 'YYYY-MM-DD') as "period",
  "cartSessions",
  "abandonedSessions",
  (cast("abandonedSessions" as double precision) / nullif(cast("cartSessions" as double precision), 0)) as "abandonmentRate",
  "abandonedValue",
  "cartEventsWithoutSession"
from
  "totals"
order by
  "totals"."period";

-- cart-abandonment, grain month
-- ["cart","purchase","cart","remove_from_cart",0,0,0,"cart"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" collate "C" as "action",
      "clicks"."price" as "amount",
      "clicks"."user_session" collate "C" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not cast(
        round(
          extract(
            epoch
            from
              (max("time") - min("time"))
          ) * 1000
        ) as bigint
      ) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "amount",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "amount",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not cast(
              round(
                extract(
                  epoch
                  from
                    ("time" - "session_previous")
                ) * 1000
              ) as bigint
            ) <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      "amount",
      cast("session_key" as text) collate "C" as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      "amount",
      case
        when (
          "session_key" is not null
          and cast(
            round(
              extract(
                epoch
                from
                  ("time" - "session_began")
              ) * 1000
            ) as bigint
          ) <= 86400000
        ) then concat(cast("session_key" as text) collate "C", '@', to_char("session_began", 'YYYY-MM-DD"T"HH24:MI:SS'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "parts" as (
    select
      "session",
      cast(null as varchar) as "part",
      min("time") as "began",
      count(*) filter (
        where
          "action" = $1
      ) as "carts",
      count(*) filter (
        where
          "action" = $2
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $3
        ),
        0
      ) as "added",
      coalesce(
        sum("amount") filter (
          where
            "action" = $4
        ),
        0
      ) as "removed"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "sessions" as (
    select
      "part",
      "carts",
      "purchases",
      min("began") over (
        partition by
          "session"
      ) as "began",
      case
        when "added" > "removed" then "added" - "removed"
        else 0
      end as "left"
    from
      "parts"
  ),
  "lines" as (
    select
      date_trunc('month', "began") as "period",
      "part" as "part",
      1 as "carted",
      case
        when "purchases" = $5 then 1
        else 0
      end as "abandoned",
      case
        when "purchases" = $6 then "left"
        else 0
      end as "value",
      0 as "loose"
    from
      "sessions"
    where
      "carts" > $7
      and (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    union all
    select
      date_trunc('month', "time") as "period",
      cast(null as varchar) as "part",
      0 as "carted",
      0 as "abandoned",
      0 as "value",
      1 as "loose"
    from
      "events"
    where
      "session" is null
      and "action" = $8
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
  ),
  "totals" as (
    select
      "period",
      "part",
      sum("carted") as "cartSessions",
      sum("abandoned") as "abandonedSessions",
      sum("value") as "abandonedValue",
      sum("loose") as "cartEventsWithoutSession"
    from
      "lines"
    group by
      "period",
      "part"
  )
select
  to_char("period", 'YYYY-MM-DD') as "period",
  "cartSessions",
  "abandonedSessions",
  (cast("abandonedSessions" as double precision) / nullif(cast("cartSessions" as double precision), 0)) as "abandonmentRate",
  "abandonedValue",
  "cartEventsWithoutSession"
from
  "totals"
order by
  "totals"."period";

-- cart-abandonment, grain all
-- ["cart","purchase","cart","remove_from_cart",0,0,0,"cart"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" collate "C" as "action",
      "clicks"."price" as "amount",
      "clicks"."user_session" collate "C" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not cast(
        round(
          extract(
            epoch
            from
              (max("time") - min("time"))
          ) * 1000
        ) as bigint
      ) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "amount",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "amount",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not cast(
              round(
                extract(
                  epoch
                  from
                    ("time" - "session_previous")
                ) * 1000
              ) as bigint
            ) <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      "amount",
      cast("session_key" as text) collate "C" as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      "amount",
      case
        when (
          "session_key" is not null
          and cast(
            round(
              extract(
                epoch
                from
                  ("time" - "session_began")
              ) * 1000
            ) as bigint
          ) <= 86400000
        ) then concat(cast("session_key" as text) collate "C", '@', to_char("session_began", 'YYYY-MM-DD"T"HH24:MI:SS'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "parts" as (
    select
      "session",
      cast(null as varchar) as "part",
      min("time") as "began",
      count(*) filter (
        where
          "action" = $1
      ) as "carts",
      count(*) filter (
        where
          "action" = $2
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $3
        ),
        0
      ) as "added",
      coalesce(
        sum("amount") filter (
          where
            "action" = $4
        ),
        0
      ) as "removed"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "sessions" as (
    select
      "part",
      "carts",
      "purchases",
      min("began") over (
        partition by
          "session"
      ) as "began",
      case
        when "added" > "removed" then "added" - "removed"
        else 0
      end as "left"
    from
      "parts"
  ),
  "lines" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      "part" as "part",
      1 as "carted",
      case
        when "purchases" = $5 then 1
        else 0
      end as "abandoned",
      case
        when "purchases" = $6 then "left"
        else 0
      end as "value",
      0 as "loose"
    from
      "sessions"
    where
      "carts" > $7
      and (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    union all
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      cast(null as varchar) as "part",
      0 as "carted",
      0 as "abandoned",
      0 as "value",
      1 as "loose"
    from
      "events"
    where
      "session" is null
      and "action" = $8
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
  ),
  "totals" as (
    select
      "period",
      "part",
      sum("carted") as "cartSessions",
      sum("abandoned") as "abandonedSessions",
      sum("value") as "abandonedValue",
      sum("loose") as "cartEventsWithoutSession"
    from
      "lines"
    group by
      "period",
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "cartSessions",
  "abandonedSessions",
  (cast("abandonedSessions" as double precision) / nullif(cast("cartSessions" as double precision), 0)) as "abandonmentRate",
  "abandonedValue",
  "cartEventsWithoutSession"
from
  "totals"
order by
  "totals"."period";

-- cart-abandonment, by none
-- ["cart","purchase","cart","remove_from_cart",0,0,0,"cart"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" collate "C" as "action",
      "clicks"."price" as "amount",
      "clicks"."user_session" collate "C" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not cast(
        round(
          extract(
            epoch
            from
              (max("time") - min("time"))
          ) * 1000
        ) as bigint
      ) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "amount",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "amount",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not cast(
              round(
                extract(
                  epoch
                  from
                    ("time" - "session_previous")
                ) * 1000
              ) as bigint
            ) <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      "amount",
      cast("session_key" as text) collate "C" as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      "amount",
      case
        when (
          "session_key" is not null
          and cast(
            round(
              extract(
                epoch
                from
                  ("time" - "session_began")
              ) * 1000
            ) as bigint
          ) <= 86400000
        ) then concat(cast("session_key" as text) collate "C", '@', to_char("session_began", 'YYYY-MM-DD"T"HH24:MI:SS'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "parts" as (
    select
      "session",
      cast(null as varchar) as "part",
      min("time") as "began",
      count(*) filter (
        where
          "action" = $1
      ) as "carts",
      count(*) filter (
        where
          "action" = $2
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $3
        ),
        0
      ) as "added",
      coalesce(
        sum("amount") filter (
          where
            "action" = $4
        ),
        0
      ) as "removed"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "sessions" as (
    select
      "part",
      "carts",
      "purchases",
      min("began") over (
        partition by
          "session"
      ) as "began",
      case
        when "added" > "removed" then "added" - "removed"
        else 0
      end as "left"
    from
      "parts"
  ),
  "lines" as (
    select
      date_trunc('day', "began") as "period",
      "part" as "part",
      1 as "carted",
      case
        when "purchases" = $5 then 1
        else 0
      end as "abandoned",
      case
        when "purchases" = $6 then "left"
        else 0
      end as "value",
      0 as "loose"
    from
      "sessions"
    where
      "carts" > $7
      and (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    union all
    select
      date_trunc('day', "time") as "period",
      cast(null as varchar) as "part",
      0 as "carted",
      0 as "abandoned",
      0 as "value",
      1 as "loose"
    from
      "events"
    where
      "session" is null
      and "action" = $8
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
  ),
  "totals" as (
    select
      "period",
      "part",
      sum("carted") as "cartSessions",
      sum("abandoned") as "abandonedSessions",
      sum("value") as "abandonedValue",
      sum("loose") as "cartEventsWithoutSession"
    from
      "lines"
    group by
      "period",
      "part"
  )
select
  to_char("period", 'YYYY-MM-DD') as "period",
  "cartSessions",
  "abandonedSessions",
  (cast("abandonedSessions" as double precision) / nullif(cast("cartSessions" as double precision), 0)) as "abandonmentRate",
  "abandonedValue",
  "cartEventsWithoutSession"
from
  "totals"
order by
  "totals"."period";

-- cart-abandonment, by hour
-- ["cart","purchase","cart","remove_from_cart",0,0,0,"cart"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" collate "C" as "action",
      "clicks"."price" as "amount",
      "clicks"."user_session" collate "C" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not cast(
        round(
          extract(
            epoch
            from
              (max("time") - min("time"))
          ) * 1000
        ) as bigint
      ) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "amount",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "amount",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not cast(
              round(
                extract(
                  epoch
                  from
                    ("time" - "session_previous")
                ) * 1000
              ) as bigint
            ) <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      "amount",
      cast("session_key" as text) collate "C" as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      "amount",
      case
        when (
          "session_key" is not null
          and cast(
            round(
              extract(
                epoch
                from
                  ("time" - "session_began")
              ) * 1000
            ) as bigint
          ) <= 86400000
        ) then concat(cast("session_key" as text) collate "C", '@', to_char("session_began", 'YYYY-MM-DD"T"HH24:MI:SS'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "parts" as (
    select
      "session",
      cast(null as varchar) as "part",
      min("time") as "began",
      count(*) filter (
        where
          "action" = $1
      ) as "carts",
      count(*) filter (
        where
          "action" = $2
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $3
        ),
        0
      ) as "added",
      coalesce(
        sum("amount") filter (
          where
            "action" = $4
        ),
        0
      ) as "removed"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "sessions" as (
    select
      "part",
      "carts",
      "purchases",
      min("began") over (
        partition by
          "session"
      ) as "began",
      case
        when "added" > "removed" then "added" - "removed"
        else 0
      end as "left"
    from
      "parts"
  ),
  "lines" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      cast(
        cast(
          extract(
            hour
            from
              "began"
          ) as integer
        ) as text
      ) collate "C" as "part",
      1 as "carted",
      case
        when "purchases" = $5 then 1
        else 0
      end as "abandoned",
      case
        when "purchases" = $6 then "left"
        else 0
      end as "value",
      0 as "loose"
    from
      "sessions"
    where
      "carts" > $7
      and (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    union all
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      cast(
        cast(
          extract(
            hour
            from
              "time"
          ) as integer
        ) as text
      ) collate "C" as "part",
      0 as "carted",
      0 as "abandoned",
      0 as "value",
      1 as "loose"
    from
      "events"
    where
      "session" is null
      and "action" = $8
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
  ),
  "totals" as (
    select
      "period",
      "part",
      sum("carted") as "cartSessions",
      sum("abandoned") as "abandonedSessions",
      sum("value") as "abandonedValue",
      sum("loose") as "cartEventsWithoutSession"
    from
      "lines"
    group by
      "period",
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  cast("part" as integer) as "hour",
  "cartSessions",
  "abandonedSessions",
  (cast("abandonedSessions" as double precision) / nullif(cast("cartSessions" as double precision), 0)) as "abandonmentRate",
  "abandonedValue",
  "cartEventsWithoutSession"
from
  "totals"
order by
  "totals"."period",
  cast("part" as integer);

-- cart-abandonment, by category
-- ["cart","purchase","cart","remove_from_cart",0,0,0,"cart"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" collate "C" as "action",
      "clicks"."price" as "amount",
      "clicks"."category_code" collate "C" as "category",
      "clicks"."user_session" collate "C" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not cast(
        round(
          extract(
            epoch
            from
              (max("time") - min("time"))
          ) * 1000
        ) as bigint
      ) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "amount",
      "category",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "amount",
      "category",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not cast(
              round(
                extract(
                  epoch
                  from
                    ("time" - "session_previous")
                ) * 1000
              ) as bigint
            ) <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      "amount",
      "category",
      cast("session_key" as text) collate "C" as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      "amount",
      "category",
      case
        when (
          "session_key" is not null
          and cast(
            round(
              extract(
                epoch
                from
                  ("time" - "session_began")
              ) * 1000
            ) as bigint
          ) <= 86400000
        ) then concat(cast("session_key" as text) collate "C", '@', to_char("session_began", 'YYYY-MM-DD"T"HH24:MI:SS'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "parts" as (
    select
      "session",
      cast("category" as text) collate "C" as "part",
      min("time") as "began",
      count(*) filter (
        where
          "action" = $1
      ) as "carts",
      count(*) filter (
        where
          "action" = $2
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $3
        ),
        0
      ) as "added",
      coalesce(
        sum("amount") filter (
          where
            "action" = $4
        ),
        0
      ) as "removed"
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
      "part",
      "carts",
      "purchases",
      min("began") over (
        partition by
          "session"
      ) as "began",
      case
        when "added" > "removed" then "added" - "removed"
        else 0
      end as "left"
    from
      "parts"
  ),
  "lines" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      "part" as "part",
      1 as "carted",
      case
        when "purchases" = $5 then 1
        else 0
      end as "abandoned",
      case
        when "purchases" = $6 then "left"
        else 0
      end as "value",
      0 as "loose"
    from
      "sessions"
    where
      "carts" > $7
      and (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    union all
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      cast("category" as text) collate "C" as "part",
      0 as "carted",
      0 as "abandoned",
      0 as "value",
      1 as "loose"
    from
      "events"
    where
      "session" is null
      and "action" = $8
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
  ),
  "totals" as (
    select
      "period",
      "part",
      sum("carted") as "cartSessions",
      sum("abandoned") as "abandonedSessions",
      sum("value") as "abandonedValue",
      sum("loose") as "cartEventsWithoutSession"
    from
      "lines"
    group by
      "period",
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "category",
  "cartSessions",
  "abandonedSessions",
  (cast("abandonedSessions" as double precision) / nullif(cast("cartSessions" as double precision), 0)) as "abandonmentRate",
  "abandonedValue",
  "cartEventsWithoutSession"
from
  "totals"
order by
  "totals"."period",
  "abandonedSessions" desc,
  "part" asc nulls last;

-- cart-abandonment, by product
-- ["cart","purchase","cart","remove_from_cart",0,0,0,"cart"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" collate "C" as "action",
      "clicks"."price" as "amount",
      "clicks"."product_id" as "item",
      "clicks"."user_session" collate "C" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not cast(
        round(
          extract(
            epoch
            from
              (max("time") - min("time"))
          ) * 1000
        ) as bigint
      ) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "amount",
      "item",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "amount",
      "item",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not cast(
              round(
                extract(
                  epoch
                  from
                    ("time" - "session_previous")
                ) * 1000
              ) as bigint
            ) <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      "amount",
      "item",
      cast("session_key" as text) collate "C" as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      "amount",
      "item",
      case
        when (
          "session_key" is not null
          and cast(
            round(
              extract(
                epoch
                from
                  ("time" - "session_began")
              ) * 1000
            ) as bigint
          ) <= 86400000
        ) then concat(cast("session_key" as text) collate "C", '@', to_char("session_began", 'YYYY-MM-DD"T"HH24:MI:SS'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "parts" as (
    select
      "session",
      cast("item" as text) collate "C" as "part",
      min("time") as "began",
      count(*) filter (
        where
          "action" = $1
      ) as "carts",
      count(*) filter (
        where
          "action" = $2
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $3
        ),
        0
      ) as "added",
      coalesce(
        sum("amount") filter (
          where
            "action" = $4
        ),
        0
      ) as "removed"
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
      "part",
      "carts",
      "purchases",
      min("began") over (
        partition by
          "session"
      ) as "began",
      case
        when "added" > "removed" then "added" - "removed"
        else 0
      end as "left"
    from
      "parts"
  ),
  "lines" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      "part" as "part",
      1 as "carted",
      case
        when "purchases" = $5 then 1
        else 0
      end as "abandoned",
      case
        when "purchases" = $6 then "left"
        else 0
      end as "value",
      0 as "loose"
    from
      "sessions"
    where
      "carts" > $7
      and (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    union all
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      cast("item" as text) collate "C" as "part",
      0 as "carted",
      0 as "abandoned",
      0 as "value",
      1 as "loose"
    from
      "events"
    where
      "session" is null
      and "action" = $8
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
  ),
  "totals" as (
    select
      "period",
      "part",
      sum("carted") as "cartSessions",
      sum("abandoned") as "abandonedSessions",
      sum("value") as "abandonedValue",
      sum("loose") as "cartEventsWithoutSession"
    from
      "lines"
    group by
      "period",
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "product",
  "cartSessions",
  "abandonedSessions",
  (cast("abandonedSessions" as double precision) / nullif(cast("cartSessions" as double precision), 0)) as "abandonmentRate",
  "abandonedValue",
  "cartEventsWithoutSession"
from
  "totals"
order by
  "totals"."period",
  "abandonedSessions" desc,
  "part" asc nulls last;

-- cart-abandonment, by brand
-- ["cart","purchase","cart","remove_from_cart",0,0,0,"cart"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" collate "C" as "action",
      "clicks"."price" as "amount",
      "clicks"."brand" collate "C" as "brand",
      "clicks"."user_session" collate "C" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not cast(
        round(
          extract(
            epoch
            from
              (max("time") - min("time"))
          ) * 1000
        ) as bigint
      ) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "amount",
      "brand",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "amount",
      "brand",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not cast(
              round(
                extract(
                  epoch
                  from
                    ("time" - "session_previous")
                ) * 1000
              ) as bigint
            ) <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      "amount",
      "brand",
      cast("session_key" as text) collate "C" as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      "amount",
      "brand",
      case
        when (
          "session_key" is not null
          and cast(
            round(
              extract(
                epoch
                from
                  ("time" - "session_began")
              ) * 1000
            ) as bigint
          ) <= 86400000
        ) then concat(cast("session_key" as text) collate "C", '@', to_char("session_began", 'YYYY-MM-DD"T"HH24:MI:SS'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "parts" as (
    select
      "session",
      cast("brand" as text) collate "C" as "part",
      min("time") as "began",
      count(*) filter (
        where
          "action" = $1
      ) as "carts",
      count(*) filter (
        where
          "action" = $2
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $3
        ),
        0
      ) as "added",
      coalesce(
        sum("amount") filter (
          where
            "action" = $4
        ),
        0
      ) as "removed"
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
      "part",
      "carts",
      "purchases",
      min("began") over (
        partition by
          "session"
      ) as "began",
      case
        when "added" > "removed" then "added" - "removed"
        else 0
      end as "left"
    from
      "parts"
  ),
  "lines" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      "part" as "part",
      1 as "carted",
      case
        when "purchases" = $5 then 1
        else 0
      end as "abandoned",
      case
        when "purchases" = $6 then "left"
        else 0
      end as "value",
      0 as "loose"
    from
      "sessions"
    where
      "carts" > $7
      and (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    union all
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      cast("brand" as text) collate "C" as "part",
      0 as "carted",
      0 as "abandoned",
      0 as "value",
      1 as "loose"
    from
      "events"
    where
      "session" is null
      and "action" = $8
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
  ),
  "totals" as (
    select
      "period",
      "part",
      sum("carted") as "cartSessions",
      sum("abandoned") as "abandonedSessions",
      sum("value") as "abandonedValue",
      sum("loose") as "cartEventsWithoutSession"
    from
      "lines"
    group by
      "period",
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "brand",
  "cartSessions",
  "abandonedSessions",
  (cast("abandonedSessions" as double precision) / nullif(cast("cartSessions" as double precision), 0)) as "abandonmentRate",
  "abandonedValue",
  "cartEventsWithoutSession"
from
  "totals"
order by
  "totals"."period",
  "abandonedSessions" desc,
  "part" asc nulls last;

-- cart-abandonment, by weekday
-- ["cart","purchase","cart","remove_from_cart",0,0,0,"cart"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" collate "C" as "action",
      "clicks"."price" as "amount",
      "clicks"."user_session" collate "C" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-07'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not cast(
        round(
          extract(
            epoch
            from
              (max("time") - min("time"))
          ) * 1000
        ) as bigint
      ) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "amount",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "amount",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not cast(
              round(
                extract(
                  epoch
                  from
                    ("time" - "session_previous")
                ) * 1000
              ) as bigint
            ) <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      "amount",
      cast("session_key" as text) collate "C" as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      "amount",
      case
        when (
          "session_key" is not null
          and cast(
            round(
              extract(
                epoch
                from
                  ("time" - "session_began")
              ) * 1000
            ) as bigint
          ) <= 86400000
        ) then concat(cast("session_key" as text) collate "C", '@', to_char("session_began", 'YYYY-MM-DD"T"HH24:MI:SS'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "parts" as (
    select
      "session",
      cast(null as varchar) as "part",
      min("time") as "began",
      count(*) filter (
        where
          "action" = $1
      ) as "carts",
      count(*) filter (
        where
          "action" = $2
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $3
        ),
        0
      ) as "added",
      coalesce(
        sum("amount") filter (
          where
            "action" = $4
        ),
        0
      ) as "removed"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "sessions" as (
    select
      "part",
      "carts",
      "purchases",
      min("began") over (
        partition by
          "session"
      ) as "began",
      case
        when "added" > "removed" then "added" - "removed"
        else 0
      end as "left"
    from
      "parts"
  ),
  "lines" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      cast(
        cast(
          extract(
            isodow
            from
              "began"
          ) as integer
        ) as text
      ) collate "C" as "part",
      1 as "carted",
      case
        when "purchases" = $5 then 1
        else 0
      end as "abandoned",
      case
        when "purchases" = $6 then "left"
        else 0
      end as "value",
      0 as "loose"
    from
      "sessions"
    where
      "carts" > $7
      and (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-03-07 00:00:00.000'
      )
    union all
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      cast(
        cast(
          extract(
            isodow
            from
              "time"
          ) as integer
        ) as text
      ) collate "C" as "part",
      0 as "carted",
      0 as "abandoned",
      0 as "value",
      1 as "loose"
    from
      "events"
    where
      "session" is null
      and "action" = $8
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
  ),
  "totals" as (
    select
      "period",
      "part",
      sum("carted") as "cartSessions",
      sum("abandoned") as "abandonedSessions",
      sum("value") as "abandonedValue",
      sum("loose") as "cartEventsWithoutSession"
    from
      "lines"
    group by
      "period",
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  cast("part" as integer) as "weekday",
  "cartSessions",
  "abandonedSessions",
  (cast("abandonedSessions" as double precision) / nullif(cast("cartSessions" as double precision), 0)) as "abandonmentRate",
  "abandonedValue",
  "cartEventsWithoutSession"
from
  "totals"
order by
  "totals"."period",
  cast("part" as integer);

-- cart-abandonment, the first day
-- ["cart","purchase","cart","remove_from_cart",0,0,0,"cart"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" collate "C" as "action",
      "clicks"."price" as "amount",
      "clicks"."user_session" collate "C" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-02-27'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not cast(
        round(
          extract(
            epoch
            from
              (max("time") - min("time"))
          ) * 1000
        ) as bigint
      ) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "amount",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "amount",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not cast(
              round(
                extract(
                  epoch
                  from
                    ("time" - "session_previous")
                ) * 1000
              ) as bigint
            ) <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      "amount",
      cast("session_key" as text) collate "C" as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      "amount",
      case
        when (
          "session_key" is not null
          and cast(
            round(
              extract(
                epoch
                from
                  ("time" - "session_began")
              ) * 1000
            ) as bigint
          ) <= 86400000
        ) then concat(cast("session_key" as text) collate "C", '@', to_char("session_began", 'YYYY-MM-DD"T"HH24:MI:SS'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-02-25 00:00:00.000'
  ),
  "parts" as (
    select
      "session",
      cast(null as varchar) as "part",
      min("time") as "began",
      count(*) filter (
        where
          "action" = $1
      ) as "carts",
      count(*) filter (
        where
          "action" = $2
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $3
        ),
        0
      ) as "added",
      coalesce(
        sum("amount") filter (
          where
            "action" = $4
        ),
        0
      ) as "removed"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "sessions" as (
    select
      "part",
      "carts",
      "purchases",
      min("began") over (
        partition by
          "session"
      ) as "began",
      case
        when "added" > "removed" then "added" - "removed"
        else 0
      end as "left"
    from
      "parts"
  ),
  "lines" as (
    select
      date_trunc('day', "began") as "period",
      "part" as "part",
      1 as "carted",
      case
        when "purchases" = $5 then 1
        else 0
      end as "abandoned",
      case
        when "purchases" = $6 then "left"
        else 0
      end as "value",
      0 as "loose"
    from
      "sessions"
    where
      "carts" > $7
      and (
        "began" >= timestamp '2024-02-26 00:00:00.000'
        and "began" < timestamp '2024-02-27 00:00:00.000'
      )
    union all
    select
      date_trunc('day', "time") as "period",
      cast(null as varchar) as "part",
      0 as "carted",
      0 as "abandoned",
      0 as "value",
      1 as "loose"
    from
      "events"
    where
      "session" is null
      and "action" = $8
      and (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-02-27 00:00:00.000'
      )
  ),
  "totals" as (
    select
      "period",
      "part",
      sum("carted") as "cartSessions",
      sum("abandoned") as "abandonedSessions",
      sum("value") as "abandonedValue",
      sum("loose") as "cartEventsWithoutSession"
    from
      "lines"
    group by
      "period",
      "part"
  )
select
  to_char("period", 'YYYY-MM-DD') as "period",
  "cartSessions",
  "abandonedSessions",
  (cast("abandonedSessions" as double precision) / nullif(cast("cartSessions" as double precision), 0)) as "abandonmentRate",
  "abandonedValue",
  "cartEventsWithoutSession"
from
  "totals"
order by
  "totals"."period";

-- cart-abandonment, the traps of the history
-- ["cart","purchase","cart","remove_from_cart",0,0,0,"cart"]
with
  "events_read" as (
    select
      "shop"."event_time" as "time",
      "shop"."event_type" collate "C" as "action",
      "shop"."price" as "amount",
      "shop"."session" collate "C" as "session_key"
    from
      "shop"
    where
      "shop"."dt" >= date '2024-03-01'
      and "shop"."dt" <= date '2024-03-06'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not cast(
        round(
          extract(
            epoch
            from
              (max("time") - min("time"))
          ) * 1000
        ) as bigint
      ) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "amount",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "amount",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not cast(
              round(
                extract(
                  epoch
                  from
                    ("time" - "session_previous")
                ) * 1000
              ) as bigint
            ) <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      "amount",
      cast("session_key" as text) collate "C" as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-03-02 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      "amount",
      case
        when (
          "session_key" is not null
          and cast(
            round(
              extract(
                epoch
                from
                  ("time" - "session_began")
              ) * 1000
            ) as bigint
          ) <= 86400000
        ) then concat(cast("session_key" as text) collate "C", '@', to_char("session_began", 'YYYY-MM-DD"T"HH24:MI:SS'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-03-02 00:00:00.000'
  ),
  "parts" as (
    select
      "session",
      cast(null as varchar) as "part",
      min("time") as "began",
      count(*) filter (
        where
          "action" = $1
      ) as "carts",
      count(*) filter (
        where
          "action" = $2
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $3
        ),
        0
      ) as "added",
      coalesce(
        sum("amount") filter (
          where
            "action" = $4
        ),
        0
      ) as "removed"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "sessions" as (
    select
      "part",
      "carts",
      "purchases",
      min("began") over (
        partition by
          "session"
      ) as "began",
      case
        when "added" > "removed" then "added" - "removed"
        else 0
      end as "left"
    from
      "parts"
  ),
  "lines" as (
    select
      date_trunc('day', "began") as "period",
      "part" as "part",
      1 as "carted",
      case
        when "purchases" = $5 then 1
        else 0
      end as "abandoned",
      case
        when "purchases" = $6 then "left"
        else 0
      end as "value",
      0 as "loose"
    from
      "sessions"
    where
      "carts" > $7
      and (
        "began" >= timestamp '2024-03-03 00:00:00.000'
        and "began" < timestamp '2024-03-06 00:00:00.000'
      )
    union all
    select
      date_trunc('day', "time") as "period",
      cast(null as varchar) as "part",
      0 as "carted",
      0 as "abandoned",
      0 as "value",
      1 as "loose"
    from
      "events"
    where
      "session" is null
      and "action" = $8
      and (
        "time" >= timestamp '2024-03-03 00:00:00.000'
        and "time" < timestamp '2024-03-06 00:00:00.000'
      )
  ),
  "totals" as (
    select
      "period",
      "part",
      sum("carted") as "cartSessions",
      sum("abandoned") as "abandonedSessions",
      sum("value") as "abandonedValue",
      sum("loose") as "cartEventsWithoutSession"
    from
      "lines"
    group by
      "period",
      "part"
  )
select
  to_char("period", 'YYYY-MM-DD') as "period",
  "cartSessions",
  "abandonedSessions",
  (cast("abandonedSessions" as double precision) / nullif(cast("cartSessions" as double precision), 0)) as "abandonmentRate",
  "abandonedValue",
  "cartEventsWithoutSession"
from
  "totals"
order by
  "totals"."period";

-- cart-abandonment, units and orders
-- ["add_to_cart","sale","add_to_cart","remove_from_cart",0,0,0,"add_to_cart"]
with
  "events_read" as (
    select
      "market"."at" as "time",
      "market"."kind" collate "C" as "action",
      "market"."unit_price" * "market"."units" as "amount",
      "market"."visit" collate "C" as "session_key"
    from
      "market"
    where
      "market"."dt" >= date '2024-03-01'
      and "market"."dt" <= date '2024-03-06'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not cast(
        round(
          extract(
            epoch
            from
              (max("time") - min("time"))
          ) * 1000
        ) as bigint
      ) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "amount",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "amount",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not cast(
              round(
                extract(
                  epoch
                  from
                    ("time" - "session_previous")
                ) * 1000
              ) as bigint
            ) <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      "amount",
      cast("session_key" as text) collate "C" as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-03-02 00:00:00.000'
      and not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      "amount",
      case
        when (
          "session_key" is not null
          and cast(
            round(
              extract(
                epoch
                from
                  ("time" - "session_began")
              ) * 1000
            ) as bigint
          ) <= 86400000
        ) then concat(cast("session_key" as text) collate "C", '@', to_char("session_began", 'YYYY-MM-DD"T"HH24:MI:SS'))
      end as "session"
    from
      "events_begun"
    where
      "time" >= timestamp '2024-03-02 00:00:00.000'
  ),
  "parts" as (
    select
      "session",
      cast(null as varchar) as "part",
      min("time") as "began",
      count(*) filter (
        where
          "action" = $1
      ) as "carts",
      count(*) filter (
        where
          "action" = $2
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $3
        ),
        0
      ) as "added",
      coalesce(
        sum("amount") filter (
          where
            "action" = $4
        ),
        0
      ) as "removed"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "sessions" as (
    select
      "part",
      "carts",
      "purchases",
      min("began") over (
        partition by
          "session"
      ) as "began",
      case
        when "added" > "removed" then "added" - "removed"
        else 0
      end as "left"
    from
      "parts"
  ),
  "lines" as (
    select
      date_trunc('day', "began") as "period",
      "part" as "part",
      1 as "carted",
      case
        when "purchases" = $5 then 1
        else 0
      end as "abandoned",
      case
        when "purchases" = $6 then "left"
        else 0
      end as "value",
      0 as "loose"
    from
      "sessions"
    where
      "carts" > $7
      and (
        "began" >= timestamp '2024-03-03 00:00:00.000'
        and "began" < timestamp '2024-03-06 00:00:00.000'
      )
    union all
    select
      date_trunc('day', "time") as "period",
      cast(null as varchar) as "part",
      0 as "carted",
      0 as "abandoned",
      0 as "value",
      1 as "loose"
    from
      "events"
    where
      "session" is null
      and "action" = $8
      and (
        "time" >= timestamp '2024-03-03 00:00:00.000'
        and "time" < timestamp '2024-03-06 00:00:00.000'
      )
  ),
  "totals" as (
    select
      "period",
      "part",
      sum("carted") as "cartSessions",
      sum("abandoned") as "abandonedSessions",
      sum("value") as "abandonedValue",
      sum("loose") as "cartEventsWithoutSession"
    from
      "lines"
    group by
      "period",
      "part"
  )
select
  to_char("period", 'YYYY-MM-DD') as "period",
  "cartSessions",
  "abandonedSessions",
  (cast("abandonedSessions" as double precision) / nullif(cast("cartSessions" as double precision), 0)) as "abandonmentRate",
  "abandonedValue",
  "cartEventsWithoutSession"
from
  "totals"
order by
  "totals"."period";

-- cart-abandonment, the bazaar
-- ["page","detail","put","out","pay_page","paid","purchase","cart","cart","removeFromCart","cart","cart","purchase","cart","removeFromCart",0,0,0,"cart"]
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
      cast(cast("bazaar"."price" as text) as decimal(38, 4)) as "amount",
      "bazaar"."sku" collate "C" as "item",
      "bazaar"."visit" collate "C" as "session_key"
    from
      "bazaar"
    where
      "bazaar"."dt" >= date '2024-03-02'
      and "bazaar"."dt" <= date '2024-03-06'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not cast(
        round(
          extract(
            epoch
            from
              (max("time") - min("time"))
          ) * 1000
        ) as bigint
      ) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "amount",
      "item",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "amount",
      "item",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not cast(
              round(
                extract(
                  epoch
                  from
                    ("time" - "session_previous")
                ) * 1000
              ) as bigint
            ) <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "raw" as (
    select
      "time",
      "action",
      "amount",
      "item",
      cast("session_key" as text) collate "C" as "session"
    from
      "events_read"
    where
      not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      "amount",
      "item",
      case
        when (
          "session_key" is not null
          and cast(
            round(
              extract(
                epoch
                from
                  ("time" - "session_began")
              ) * 1000
            ) as bigint
          ) <= 86400000
        ) then concat(cast("session_key" as text) collate "C", '@', to_char("session_began", 'YYYY-MM-DD"T"HH24:MI:SS'))
      end as "session"
    from
      "events_begun"
  ),
  "bare" as (
    select
      *,
      case
        when (
          "action" = $7
          and "item" is null
          and "session" is not null
        ) then 1
        else 0
      end as "bare"
    from
      "raw"
  ),
  "rounds" as (
    select
      *,
      sum("bare") over (
        partition by
          "session"
        order by
          "time",
          "bare" rows between unbounded preceding
          and current row
      ) - "bare" as "round"
    from
      "bare"
  ),
  "carts" as (
    select
      "session" as "cart_session",
      "round" as "cart_round",
      "item" as "cart_item",
      sum(
        case
          when "action" = $8 then coalesce("amount", 0)
          else - coalesce("amount", 0)
        end
      ) as "cart_amount"
    from
      "rounds"
    where
      (
        "action" = $9
        or "action" = $10
      )
      and "session" is not null
      and "item" is not null
    group by
      "session",
      "round",
      "item"
    having
      sum(
        case
          when "action" = $11 then 1
          else -1
        end
      ) > 0
  ),
  "carted" as (
    select
      "rounds"."time" as "time",
      "rounds"."session" as "session",
      "rounds"."action" as "action",
      case
        when "carts"."cart_item" is null then "rounds"."amount"
        else "carts"."cart_amount"
      end as "amount"
    from
      "rounds"
      left join "carts" on "carts"."cart_session" = "rounds"."session"
      and "carts"."cart_round" = "rounds"."round"
      and "rounds"."bare" = 1
    where
      "rounds"."time" >= timestamp '2024-03-03 00:00:00.000'
  ),
  "events" as (
    select
      "time",
      "session",
      "action",
      "amount"
    from
      "carted"
  ),
  "parts" as (
    select
      "session",
      cast(null as varchar) as "part",
      min("time") as "began",
      count(*) filter (
        where
          "action" = $12
      ) as "carts",
      count(*) filter (
        where
          "action" = $13
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $14
        ),
        0
      ) as "added",
      coalesce(
        sum("amount") filter (
          where
            "action" = $15
        ),
        0
      ) as "removed"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "sessions" as (
    select
      "part",
      "carts",
      "purchases",
      min("began") over (
        partition by
          "session"
      ) as "began",
      case
        when "added" > "removed" then "added" - "removed"
        else 0
      end as "left"
    from
      "parts"
  ),
  "lines" as (
    select
      date_trunc('day', "began") as "period",
      "part" as "part",
      1 as "carted",
      case
        when "purchases" = $16 then 1
        else 0
      end as "abandoned",
      case
        when "purchases" = $17 then "left"
        else 0
      end as "value",
      0 as "loose"
    from
      "sessions"
    where
      "carts" > $18
      and (
        "began" >= timestamp '2024-03-04 00:00:00.000'
        and "began" < timestamp '2024-03-06 00:00:00.000'
      )
    union all
    select
      date_trunc('day', "time") as "period",
      cast(null as varchar) as "part",
      0 as "carted",
      0 as "abandoned",
      0 as "value",
      1 as "loose"
    from
      "events"
    where
      "session" is null
      and "action" = $19
      and (
        "time" >= timestamp '2024-03-04 00:00:00.000'
        and "time" < timestamp '2024-03-06 00:00:00.000'
      )
  ),
  "totals" as (
    select
      "period",
      "part",
      sum("carted") as "cartSessions",
      sum("abandoned") as "abandonedSessions",
      sum("value") as "abandonedValue",
      sum("loose") as "cartEventsWithoutSession"
    from
      "lines"
    group by
      "period",
      "part"
  )
select
  to_char("period", 'YYYY-MM-DD') as "period",
  "cartSessions",
  "abandonedSessions",
  (cast("abandonedSessions" as double precision) / nullif(cast("cartSessions" as double precision), 0)) as "abandonmentRate",
  "abandonedValue",
  "cartEventsWithoutSession"
from
  "totals"
order by
  "totals"."period";

-- cart-abandonment, by a column
-- ["page","detail","put","out","pay_page","paid","purchase","cart","cart","removeFromCart","cart","cart","purchase","cart","removeFromCart",0,0,0,"cart"]
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
      cast(cast("bazaar"."price" as text) as decimal(38, 4)) as "amount",
      "bazaar"."sku" collate "C" as "item",
      "bazaar"."country" collate "C" as "part_column",
      "bazaar"."visit" collate "C" as "session_key"
    from
      "bazaar"
    where
      "bazaar"."dt" >= date '2024-03-02'
      and "bazaar"."dt" <= date '2024-03-06'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not cast(
        round(
          extract(
            epoch
            from
              (max("time") - min("time"))
          ) * 1000
        ) as bigint
      ) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "amount",
      "item",
      "part_column",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "amount",
      "item",
      "part_column",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not cast(
              round(
                extract(
                  epoch
                  from
                    ("time" - "session_previous")
                ) * 1000
              ) as bigint
            ) <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "raw" as (
    select
      "time",
      "action",
      "amount",
      "item",
      "part_column",
      cast("session_key" as text) collate "C" as "session"
    from
      "events_read"
    where
      not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      "amount",
      "item",
      "part_column",
      case
        when (
          "session_key" is not null
          and cast(
            round(
              extract(
                epoch
                from
                  ("time" - "session_began")
              ) * 1000
            ) as bigint
          ) <= 86400000
        ) then concat(cast("session_key" as text) collate "C", '@', to_char("session_began", 'YYYY-MM-DD"T"HH24:MI:SS'))
      end as "session"
    from
      "events_begun"
  ),
  "bare" as (
    select
      *,
      case
        when (
          "action" = $7
          and "item" is null
          and "session" is not null
        ) then 1
        else 0
      end as "bare"
    from
      "raw"
  ),
  "rounds" as (
    select
      *,
      sum("bare") over (
        partition by
          "session"
        order by
          "time",
          "bare" rows between unbounded preceding
          and current row
      ) - "bare" as "round"
    from
      "bare"
  ),
  "carts" as (
    select
      "session" as "cart_session",
      "round" as "cart_round",
      "item" as "cart_item",
      sum(
        case
          when "action" = $8 then coalesce("amount", 0)
          else - coalesce("amount", 0)
        end
      ) as "cart_amount"
    from
      "rounds"
    where
      (
        "action" = $9
        or "action" = $10
      )
      and "session" is not null
      and "item" is not null
    group by
      "session",
      "round",
      "item"
    having
      sum(
        case
          when "action" = $11 then 1
          else -1
        end
      ) > 0
  ),
  "carted" as (
    select
      "rounds"."time" as "time",
      "rounds"."session" as "session",
      "rounds"."action" as "action",
      case
        when "carts"."cart_item" is null then "rounds"."amount"
        else "carts"."cart_amount"
      end as "amount",
      "rounds"."part_column" as "part_column"
    from
      "rounds"
      left join "carts" on "carts"."cart_session" = "rounds"."session"
      and "carts"."cart_round" = "rounds"."round"
      and "rounds"."bare" = 1
    where
      "rounds"."time" >= timestamp '2024-03-03 00:00:00.000'
  ),
  "events" as (
    select
      "time",
      "session",
      "action",
      "amount",
      "part_column"
    from
      "carted"
  ),
  "parts" as (
    select
      "session",
      cast("part_column" as text) collate "C" as "part",
      min("time") as "began",
      count(*) filter (
        where
          "action" = $12
      ) as "carts",
      count(*) filter (
        where
          "action" = $13
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $14
        ),
        0
      ) as "added",
      coalesce(
        sum("amount") filter (
          where
            "action" = $15
        ),
        0
      ) as "removed"
    from
      "events"
    where
      "session" is not null
    group by
      "session",
      "part_column"
  ),
  "sessions" as (
    select
      "part",
      "carts",
      "purchases",
      min("began") over (
        partition by
          "session"
      ) as "began",
      case
        when "added" > "removed" then "added" - "removed"
        else 0
      end as "left"
    from
      "parts"
  ),
  "lines" as (
    select
      timestamp '2024-03-04 00:00:00.000' as "period",
      "part" as "part",
      1 as "carted",
      case
        when "purchases" = $16 then 1
        else 0
      end as "abandoned",
      case
        when "purchases" = $17 then "left"
        else 0
      end as "value",
      0 as "loose"
    from
      "sessions"
    where
      "carts" > $18
      and (
        "began" >= timestamp '2024-03-04 00:00:00.000'
        and "began" < timestamp '2024-03-06 00:00:00.000'
      )
    union all
    select
      timestamp '2024-03-04 00:00:00.000' as "period",
      cast("part_column" as text) collate "C" as "part",
      0 as "carted",
      0 as "abandoned",
      0 as "value",
      1 as "loose"
    from
      "events"
    where
      "session" is null
      and "action" = $19
      and (
        "time" >= timestamp '2024-03-04 00:00:00.000'
        and "time" < timestamp '2024-03-06 00:00:00.000'
      )
  ),
  "totals" as (
    select
      "period",
      "part",
      sum("carted") as "cartSessions",
      sum("abandoned") as "abandonedSessions",
      sum("value") as "abandonedValue",
      sum("loose") as "cartEventsWithoutSession"
    from
      "lines"
    group by
      "period",
      "part"
  )
select
  '2024-03-04/2024-03-05' as "period",
  "part" as "country",
  "cartSessions",
  "abandonedSessions",
  (cast("abandonedSessions" as double precision) / nullif(cast("cartSessions" as double precision), 0)) as "abandonmentRate",
  "abandonedValue",
  "cartEventsWithoutSession"
from
  "totals"
order by
  "totals"."period",
  "abandonedSessions" desc,
  "part" asc nulls last;

-- cart-abandonment, of some events
-- ["page","detail","put","out","pay_page","paid","DE","purchase","cart","cart","removeFromCart","cart","acme","cart","purchase","cart","removeFromCart",0,0,0,"cart"]
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
      cast(cast("bazaar"."price" as text) as decimal(38, 4)) as "amount",
      "bazaar"."sku" collate "C" as "item",
      "bazaar"."maker" collate "C" as "brand",
      "bazaar"."visit" collate "C" as "session_key"
    from
      "bazaar"
    where
      "bazaar"."dt" >= date '2024-03-02'
      and "bazaar"."dt" <= date '2024-03-06'
      and (
        "bazaar"."country" = $7
        or "bazaar"."country" is null
      )
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not cast(
        round(
          extract(
            epoch
            from
              (max("time") - min("time"))
          ) * 1000
        ) as bigint
      ) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "amount",
      "item",
      "brand",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "amount",
      "item",
      "brand",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not cast(
              round(
                extract(
                  epoch
                  from
                    ("time" - "session_previous")
                ) * 1000
              ) as bigint
            ) <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "raw" as (
    select
      "time",
      "action",
      "amount",
      "item",
      "brand",
      cast("session_key" as text) collate "C" as "session"
    from
      "events_read"
    where
      not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      "amount",
      "item",
      "brand",
      case
        when (
          "session_key" is not null
          and cast(
            round(
              extract(
                epoch
                from
                  ("time" - "session_began")
              ) * 1000
            ) as bigint
          ) <= 86400000
        ) then concat(cast("session_key" as text) collate "C", '@', to_char("session_began", 'YYYY-MM-DD"T"HH24:MI:SS'))
      end as "session"
    from
      "events_begun"
  ),
  "bare" as (
    select
      *,
      case
        when (
          "action" = $8
          and "item" is null
          and "session" is not null
        ) then 1
        else 0
      end as "bare"
    from
      "raw"
  ),
  "rounds" as (
    select
      *,
      sum("bare") over (
        partition by
          "session"
        order by
          "time",
          "bare" rows between unbounded preceding
          and current row
      ) - "bare" as "round"
    from
      "bare"
  ),
  "carts" as (
    select
      "session" as "cart_session",
      "round" as "cart_round",
      "item" as "cart_item",
      max("brand") as "cart_brand",
      sum(
        case
          when "action" = $9 then coalesce("amount", 0)
          else - coalesce("amount", 0)
        end
      ) as "cart_amount"
    from
      "rounds"
    where
      (
        "action" = $10
        or "action" = $11
      )
      and "session" is not null
      and "item" is not null
    group by
      "session",
      "round",
      "item"
    having
      sum(
        case
          when "action" = $12 then 1
          else -1
        end
      ) > 0
  ),
  "carted" as (
    select
      "rounds"."time" as "time",
      "rounds"."session" as "session",
      "rounds"."action" as "action",
      case
        when "carts"."cart_item" is null then "rounds"."amount"
        else "carts"."cart_amount"
      end as "amount",
      case
        when "carts"."cart_item" is null then "rounds"."brand"
        else "carts"."cart_brand"
      end as "brand"
    from
      "rounds"
      left join "carts" on "carts"."cart_session" = "rounds"."session"
      and "carts"."cart_round" = "rounds"."round"
      and "rounds"."bare" = 1
    where
      "rounds"."time" >= timestamp '2024-03-03 00:00:00.000'
  ),
  "events" as (
    select
      "time",
      "session",
      "action",
      "amount"
    from
      "carted"
    where
      "carted"."brand" = $13
  ),
  "parts" as (
    select
      "session",
      cast(null as varchar) as "part",
      min("time") as "began",
      count(*) filter (
        where
          "action" = $14
      ) as "carts",
      count(*) filter (
        where
          "action" = $15
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $16
        ),
        0
      ) as "added",
      coalesce(
        sum("amount") filter (
          where
            "action" = $17
        ),
        0
      ) as "removed"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "sessions" as (
    select
      "part",
      "carts",
      "purchases",
      min("began") over (
        partition by
          "session"
      ) as "began",
      case
        when "added" > "removed" then "added" - "removed"
        else 0
      end as "left"
    from
      "parts"
  ),
  "lines" as (
    select
      date_trunc('day', "began") as "period",
      "part" as "part",
      1 as "carted",
      case
        when "purchases" = $18 then 1
        else 0
      end as "abandoned",
      case
        when "purchases" = $19 then "left"
        else 0
      end as "value",
      0 as "loose"
    from
      "sessions"
    where
      "carts" > $20
      and (
        "began" >= timestamp '2024-03-04 00:00:00.000'
        and "began" < timestamp '2024-03-06 00:00:00.000'
      )
    union all
    select
      date_trunc('day', "time") as "period",
      cast(null as varchar) as "part",
      0 as "carted",
      0 as "abandoned",
      0 as "value",
      1 as "loose"
    from
      "events"
    where
      "session" is null
      and "action" = $21
      and (
        "time" >= timestamp '2024-03-04 00:00:00.000'
        and "time" < timestamp '2024-03-06 00:00:00.000'
      )
  ),
  "totals" as (
    select
      "period",
      "part",
      sum("carted") as "cartSessions",
      sum("abandoned") as "abandonedSessions",
      sum("value") as "abandonedValue",
      sum("loose") as "cartEventsWithoutSession"
    from
      "lines"
    group by
      "period",
      "part"
  )
select
  to_char("period", 'YYYY-MM-DD') as "period",
  "cartSessions",
  "abandonedSessions",
  (cast("abandonedSessions" as double precision) / nullif(cast("cartSessions" as double precision), 0)) as "abandonmentRate",
  "abandonedValue",
  "cartEventsWithoutSession"
from
  "totals"
order by
  "totals"."period";

-- cart-abandonment, all of time
-- ["cart","purchase","cart","remove_from_cart",0,0,0,"cart"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" collate "C" as "action",
      "clicks"."price" as "amount",
      "clicks"."user_session" collate "C" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '0001-01-01'
      and "clicks"."dt" <= date '9999-12-31'
  ),
  "long_sessions" as materialized (
    select
      "session_key"
    from
      "events_read"
    where
      "session_key" is not null
    group by
      "session_key"
    having
      not cast(
        round(
          extract(
            epoch
            from
              (max("time") - min("time"))
          ) * 1000
        ) as bigint
      ) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "amount",
      "session_key",
      lag("time") over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_previous"
    from
      "events_read"
    where
      "session_key" in (
        select
          "session_key"
        from
          "long_sessions"
      )
  ),
  "events_begun" as (
    select
      "time",
      "action",
      "amount",
      "session_key",
      max(
        case
          when (
            "session_previous" is null
            or not cast(
              round(
                extract(
                  epoch
                  from
                    ("time" - "session_previous")
                ) * 1000
              ) as bigint
            ) <= 86400000
          ) then "time"
        end
      ) over (
        partition by
          "session_key"
        order by
          "time"
      ) as "session_began"
    from
      "events_spaced"
  ),
  "events" as (
    select
      "time",
      "action",
      "amount",
      cast("session_key" as text) collate "C" as "session"
    from
      "events_read"
    where
      not exists (
        select
          "session_key"
        from
          "long_sessions"
        where
          "long_sessions"."session_key" = "events_read"."session_key"
      )
    union all
    select
      "time",
      "action",
      "amount",
      case
        when (
          "session_key" is not null
          and cast(
            round(
              extract(
                epoch
                from
                  ("time" - "session_began")
              ) * 1000
            ) as bigint
          ) <= 86400000
        ) then concat(cast("session_key" as text) collate "C", '@', to_char("session_began", 'YYYY-MM-DD"T"HH24:MI:SS'))
      end as "session"
    from
      "events_begun"
  ),
  "parts" as (
    select
      "session",
      cast(null as varchar) as "part",
      min("time") as "began",
      count(*) filter (
        where
          "action" = $1
      ) as "carts",
      count(*) filter (
        where
          "action" = $2
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $3
        ),
        0
      ) as "added",
      coalesce(
        sum("amount") filter (
          where
            "action" = $4
        ),
        0
      ) as "removed"
    from
      "events"
    where
      "session" is not null
    group by
      "session"
  ),
  "sessions" as (
    select
      "part",
      "carts",
      "purchases",
      min("began") over (
        partition by
          "session"
      ) as "began",
      case
        when "added" > "removed" then "added" - "removed"
        else 0
      end as "left"
    from
      "parts"
  ),
  "lines" as (
    select
      date_trunc('day', "began") as "period",
      "part" as "part",
      1 as "carted",
      case
        when "purchases" = $5 then 1
        else 0
      end as "abandoned",
      case
        when "purchases" = $6 then "left"
        else 0
      end as "value",
      0 as "loose"
    from
      "sessions"
    where
      "carts" > $7
      and (
        "began" >= timestamp '0001-01-01 00:00:00.000'
        and "began" < timestamp '10000-01-01 00:00:00.000'
      )
    union all
    select
      date_trunc('day', "time") as "period",
      cast(null as varchar) as "part",
      0 as "carted",
      0 as "abandoned",
      0 as "value",
      1 as "loose"
    from
      "events"
    where
      "session" is null
      and "action" = $8
      and (
        "time" >= timestamp '0001-01-01 00:00:00.000'
        and "time" < timestamp '10000-01-01 00:00:00.000'
      )
  ),
  "totals" as (
    select
      "period",
      "part",
      sum("carted") as "cartSessions",
      sum("abandoned") as "abandonedSessions",
      sum("value") as "abandonedValue",
      sum("loose") as "cartEventsWithoutSession"
    from
      "lines"
    group by
      "period",
      "part"
  )
select
  to_char("period", 'YYYY-MM-DD') as "period",
  "cartSessions",
  "abandonedSessions",
  (cast("abandonedSessions" as double precision) / nullif(cast("cartSessions" as double precision), 0)) as "abandonmentRate",
  "abandonedValue",
  "cartEventsWithoutSession"
from
  "totals"
order by
  "totals"."period";
