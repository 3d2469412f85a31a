-- frequent-visitors, by none
-- ["purchase","purchase",10]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."event_type" collate "C" as "action",
      "clicks"."price" as "amount",
      "clicks"."user_session" collate "C" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-06'
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
      "actor",
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
      "actor",
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
      "actor",
      "action",
      "amount",
      cast("session_key" as text) collate "C" as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-02-26 00:00:00.000'
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
      "actor",
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
      "time" >= timestamp '2024-02-26 00:00:00.000'
  ),
  "totals" as (
    select
      cast("actor" as text) collate "C" as "visitor",
      count(distinct date_trunc('day', "time")) as "activeDays",
      count(distinct "session") as "sessions",
      count(*) as "events",
      count(*) filter (
        where
          "action" = $1
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $2
        ),
        0
      ) as "revenue",
      count(*) filter (
        where
          "session" is null
      ) as "eventsWithoutSession"
    from
      "events"
    where
      "actor" is not null
    group by
      "actor"
  )
select
  row_number() over (
    order by
      "activeDays" desc,
      "sessions" desc,
      "events" desc,
      "visitor"
  ) as "rank",
  "visitor",
  "activeDays",
  "sessions",
  "events",
  "purchases",
  "revenue",
  "eventsWithoutSession"
from
  "totals"
order by
  "rank"
limit
  $3;

-- frequent-visitors, by category
-- ["purchase","purchase",10]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."event_type" collate "C" as "action",
      "clicks"."price" as "amount",
      "clicks"."category_code" collate "C" as "category",
      "clicks"."user_session" collate "C" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-06'
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
      "actor",
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
      "actor",
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
      "actor",
      "action",
      "amount",
      "category",
      cast("session_key" as text) collate "C" as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-02-26 00:00:00.000'
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
      "actor",
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
      "time" >= timestamp '2024-02-26 00:00:00.000'
  ),
  "totals" as (
    select
      cast("actor" as text) collate "C" as "visitor",
      count(distinct date_trunc('day', "time")) as "activeDays",
      count(distinct "session") as "sessions",
      count(*) as "events",
      count(*) filter (
        where
          "action" = $1
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $2
        ),
        0
      ) as "revenue",
      count(*) filter (
        where
          "session" is null
      ) as "eventsWithoutSession",
      cast("category" as text) collate "C" as "part"
    from
      "events"
    where
      "actor" is not null
    group by
      "actor",
      "category"
  ),
  "ranked" as (
    select
      *,
      row_number() over (
        partition by
          "part"
        order by
          "activeDays" desc,
          "sessions" desc,
          "events" desc,
          "visitor"
      ) as "rank"
    from
      "totals"
  )
select
  "part" as "category",
  "rank",
  "visitor",
  "activeDays",
  "sessions",
  "events",
  "purchases",
  "revenue",
  "eventsWithoutSession"
from
  "ranked"
where
  "rank" <= $3
order by
  "part" asc nulls last,
  "rank";

-- frequent-visitors, by brand
-- ["purchase","purchase",10]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."event_type" collate "C" as "action",
      "clicks"."price" as "amount",
      "clicks"."brand" collate "C" as "brand",
      "clicks"."user_session" collate "C" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-06'
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
      "actor",
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
      "actor",
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
      "actor",
      "action",
      "amount",
      "brand",
      cast("session_key" as text) collate "C" as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-02-26 00:00:00.000'
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
      "actor",
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
      "time" >= timestamp '2024-02-26 00:00:00.000'
  ),
  "totals" as (
    select
      cast("actor" as text) collate "C" as "visitor",
      count(distinct date_trunc('day', "time")) as "activeDays",
      count(distinct "session") as "sessions",
      count(*) as "events",
      count(*) filter (
        where
          "action" = $1
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $2
        ),
        0
      ) as "revenue",
      count(*) filter (
        where
          "session" is null
      ) as "eventsWithoutSession",
      cast("brand" as text) collate "C" as "part"
    from
      "events"
    where
      "actor" is not null
    group by
      "actor",
      "brand"
  ),
  "ranked" as (
    select
      *,
      row_number() over (
        partition by
          "part"
        order by
          "activeDays" desc,
          "sessions" desc,
          "events" desc,
          "visitor"
      ) as "rank"
    from
      "totals"
  )
select
  "part" as "brand",
  "rank",
  "visitor",
  "activeDays",
  "sessions",
  "events",
  "purchases",
  "revenue",
  "eventsWithoutSession"
from
  "ranked"
where
  "rank" <= $3
order by
  "part" asc nulls last,
  "rank";

-- frequent-visitors, by product
-- ["purchase","purchase",10]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."event_type" collate "C" as "action",
      "clicks"."price" as "amount",
      "clicks"."product_id" as "item",
      "clicks"."user_session" collate "C" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-06'
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
      "actor",
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
      "actor",
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
      "actor",
      "action",
      "amount",
      "item",
      cast("session_key" as text) collate "C" as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-02-26 00:00:00.000'
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
      "actor",
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
      "time" >= timestamp '2024-02-26 00:00:00.000'
  ),
  "totals" as (
    select
      cast("actor" as text) collate "C" as "visitor",
      count(distinct date_trunc('day', "time")) as "activeDays",
      count(distinct "session") as "sessions",
      count(*) as "events",
      count(*) filter (
        where
          "action" = $1
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $2
        ),
        0
      ) as "revenue",
      count(*) filter (
        where
          "session" is null
      ) as "eventsWithoutSession",
      cast("item" as text) collate "C" as "part"
    from
      "events"
    where
      "actor" is not null
    group by
      "actor",
      "item"
  ),
  "ranked" as (
    select
      *,
      row_number() over (
        partition by
          "part"
        order by
          "activeDays" desc,
          "sessions" desc,
          "events" desc,
          "visitor"
      ) as "rank"
    from
      "totals"
  )
select
  "part" as "product",
  "rank",
  "visitor",
  "activeDays",
  "sessions",
  "events",
  "purchases",
  "revenue",
  "eventsWithoutSession"
from
  "ranked"
where
  "rank" <= $3
order by
  "part" asc nulls last,
  "rank";

-- frequent-visitors, the first day
-- ["purchase","purchase",10]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."event_type" collate "C" as "action",
      "clicks"."price" as "amount",
      "clicks"."user_session" collate "C" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-02-26'
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
      "actor",
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
      "actor",
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
      "actor",
      "action",
      "amount",
      cast("session_key" as text) collate "C" as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-02-26 00:00:00.000'
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
      "actor",
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
      "time" >= timestamp '2024-02-26 00:00:00.000'
  ),
  "totals" as (
    select
      cast("actor" as text) collate "C" as "visitor",
      count(distinct date_trunc('day', "time")) as "activeDays",
      count(distinct "session") as "sessions",
      count(*) as "events",
      count(*) filter (
        where
          "action" = $1
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $2
        ),
        0
      ) as "revenue",
      count(*) filter (
        where
          "session" is null
      ) as "eventsWithoutSession"
    from
      "events"
    where
      "actor" is not null
    group by
      "actor"
  )
select
  row_number() over (
    order by
      "activeDays" desc,
      "sessions" desc,
      "events" desc,
      "visitor"
  ) as "rank",
  "visitor",
  "activeDays",
  "sessions",
  "events",
  "purchases",
  "revenue",
  "eventsWithoutSession"
from
  "totals"
order by
  "rank"
limit
  $3;

-- frequent-visitors, the traps of the history
-- ["purchase","purchase",10]
with
  "events_read" as (
    select
      "shop"."event_time" as "time",
      "shop"."user_id" as "actor",
      "shop"."event_type" collate "C" as "action",
      "shop"."price" as "amount",
      "shop"."session" collate "C" as "session_key"
    from
      "shop"
    where
      "shop"."dt" >= date '2024-03-01'
      and "shop"."dt" <= date '2024-03-05'
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
      "actor",
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
      "actor",
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
      "actor",
      "action",
      "amount",
      cast("session_key" as text) collate "C" as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-03-03 00:00:00.000'
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
      "actor",
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
      "time" >= timestamp '2024-03-03 00:00:00.000'
  ),
  "totals" as (
    select
      cast("actor" as text) collate "C" as "visitor",
      count(distinct date_trunc('day', "time")) as "activeDays",
      count(distinct "session") as "sessions",
      count(*) as "events",
      count(*) filter (
        where
          "action" = $1
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $2
        ),
        0
      ) as "revenue",
      count(*) filter (
        where
          "session" is null
      ) as "eventsWithoutSession"
    from
      "events"
    where
      "actor" is not null
    group by
      "actor"
  )
select
  row_number() over (
    order by
      "activeDays" desc,
      "sessions" desc,
      "events" desc,
      "visitor"
  ) as "rank",
  "visitor",
  "activeDays",
  "sessions",
  "events",
  "purchases",
  "revenue",
  "eventsWithoutSession"
from
  "totals"
order by
  "rank"
limit
  $3;

-- frequent-visitors, units and orders
-- ["sale","sale",10]
with
  "events_read" as (
    select
      "market"."at" as "time",
      "market"."customer" collate "C" as "actor",
      "market"."kind" collate "C" as "action",
      "market"."unit_price" * "market"."units" as "amount",
      "market"."visit" collate "C" as "session_key"
    from
      "market"
    where
      "market"."dt" >= date '2024-03-01'
      and "market"."dt" <= date '2024-03-05'
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
      "actor",
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
      "actor",
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
      "actor",
      "action",
      "amount",
      cast("session_key" as text) collate "C" as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-03-03 00:00:00.000'
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
      "actor",
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
      "time" >= timestamp '2024-03-03 00:00:00.000'
  ),
  "totals" as (
    select
      cast("actor" as text) collate "C" as "visitor",
      count(distinct date_trunc('day', "time")) as "activeDays",
      count(distinct "session") as "sessions",
      count(*) as "events",
      count(*) filter (
        where
          "action" = $1
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $2
        ),
        0
      ) as "revenue",
      count(*) filter (
        where
          "session" is null
      ) as "eventsWithoutSession"
    from
      "events"
    where
      "actor" is not null
    group by
      "actor"
  )
select
  row_number() over (
    order by
      "activeDays" desc,
      "sessions" desc,
      "events" desc,
      "visitor"
  ) as "rank",
  "visitor",
  "activeDays",
  "sessions",
  "events",
  "purchases",
  "revenue",
  "eventsWithoutSession"
from
  "totals"
order by
  "rank"
limit
  $3;

-- frequent-visitors, the bazaar
-- ["page","detail","put","out","pay_page","paid","purchase","cart","cart","removeFromCart","cart","purchase","purchase",10]
with
  "events_read" as (
    select
      "bazaar"."at" as "time",
      "bazaar"."visitor" as "actor",
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
      and "bazaar"."dt" <= date '2024-03-05'
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
      "actor",
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
      "actor",
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
      "actor",
      "action",
      "amount",
      "item",
      cast("session_key" as text) collate "C" as "session"
    from
      "events_read"
    where
      "time" >= timestamp '2024-03-03 00:00:00.000'
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
      "actor",
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
      "time" >= timestamp '2024-03-03 00:00:00.000'
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
      "rounds"."actor" as "actor",
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
      "rounds"."time" >= timestamp '2024-03-04 00:00:00.000'
  ),
  "events" as (
    select
      "time",
      "actor",
      "session",
      "action",
      "amount"
    from
      "carted"
  ),
  "totals" as (
    select
      cast("actor" as text) collate "C" as "visitor",
      count(distinct date_trunc('day', "time")) as "activeDays",
      count(distinct "session") as "sessions",
      count(*) as "events",
      count(*) filter (
        where
          "action" = $12
      ) as "purchases",
      coalesce(
        sum("amount") filter (
          where
            "action" = $13
        ),
        0
      ) as "revenue",
      count(*) filter (
        where
          "session" is null
      ) as "eventsWithoutSession"
    from
      "events"
    where
      "actor" is not null
    group by
      "actor"
  )
select
  row_number() over (
    order by
      "activeDays" desc,
      "sessions" desc,
      "events" desc,
      "visitor"
  ) as "rank",
  "visitor",
  "activeDays",
  "sessions",
  "events",
  "purchases",
  "revenue",
  "eventsWithoutSession"
from
  "totals"
order by
  "rank"
limit
  $14;
