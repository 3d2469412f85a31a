-- revenue, grain hour
-- ["purchase"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."event_type" as "action",
      "clicks"."price" as "amount",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-06'
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
      "action",
      "amount",
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
      "actor",
      "action",
      "amount",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      "amount"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      min("time") as "ordered"
    from
      "purchases"
    where
      "session" is not null
    group by
      "session"
  ),
  "orders" as (
    select
      date_trunc('hour', "ordered") as "period",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-02-26 00:00:00.000'
        and "ordered" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('hour', "ordered")
  ),
  "sales" as (
    select
      date_trunc('hour', "time") as "period",
      count(distinct "actor") as "buyers",
      coalesce(sum("amount"), 0) as "revenue",
      coalesce(
        sum(
          case
            when "session" is not null then "amount"
          end
        ),
        0
      ) as "inOrders",
      coalesce(
        sum(
          case
            when "session" is null then "amount"
          end
        ),
        0
      ) as "loose",
      count(
        case
          when "session" is null then 1
        end
      ) as "purchasesWithoutSession"
    from
      "purchases"
    where
      (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('hour', "time")
  )
select
  (to_char("sales"."period", 'YYYY-MM-DD') || 'T' || to_char("sales"."period", 'HH24') || ':00:00Z') as "period",
  coalesce("orders"."orders", 0) as "orders",
  "buyers",
  "revenue",
  (cast("inOrders" as double precision) / nullif(cast("orders"."orders" as double precision), 0)) as "averageOrderValue",
  "purchasesWithoutSession",
  "loose" as "revenueWithoutSession"
from
  "sales"
  left join "orders" on "orders"."period" = "sales"."period"
order by
  "sales"."period";

-- revenue, grain day
-- ["purchase"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."event_type" as "action",
      "clicks"."price" as "amount",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-06'
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
      "action",
      "amount",
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
      "actor",
      "action",
      "amount",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      "amount"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      min("time") as "ordered"
    from
      "purchases"
    where
      "session" is not null
    group by
      "session"
  ),
  "orders" as (
    select
      date_trunc('day', "ordered") as "period",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-02-26 00:00:00.000'
        and "ordered" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('day', "ordered")
  ),
  "sales" as (
    select
      date_trunc('day', "time") as "period",
      count(distinct "actor") as "buyers",
      coalesce(sum("amount"), 0) as "revenue",
      coalesce(
        sum(
          case
            when "session" is not null then "amount"
          end
        ),
        0
      ) as "inOrders",
      coalesce(
        sum(
          case
            when "session" is null then "amount"
          end
        ),
        0
      ) as "loose",
      count(
        case
          when "session" is null then 1
        end
      ) as "purchasesWithoutSession"
    from
      "purchases"
    where
      (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('day', "time")
  )
select
  to_char("sales"."period", 'YYYY-MM-DD') as "period",
  coalesce("orders"."orders", 0) as "orders",
  "buyers",
  "revenue",
  (cast("inOrders" as double precision) / nullif(cast("orders"."orders" as double precision), 0)) as "averageOrderValue",
  "purchasesWithoutSession",
  "loose" as "revenueWithoutSession"
from
  "sales"
  left join "orders" on "orders"."period" = "sales"."period"
order by
  "sales"."period";

-- revenue, grain week
-- ["purchase"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."event_type" as "action",
      "clicks"."price" as "amount",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-06'
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
      "action",
      "amount",
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
      "actor",
      "action",
      "amount",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      "amount"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      min("time") as "ordered"
    from
      "purchases"
    where
      "session" is not null
    group by
      "session"
  ),
  "orders" as (
    select
      date_trunc('week', "ordered") as "period",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-02-26 00:00:00.000'
        and "ordered" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('week', "ordered")
  ),
  "sales" as (
    select
      date_trunc('week', "time") as "period",
      count(distinct "actor") as "buyers",
      coalesce(sum("amount"), 0) as "revenue",
      coalesce(
        sum(
          case
            when "session" is not null then "amount"
          end
        ),
        0
      ) as "inOrders",
      coalesce(
        sum(
          case
            when "session" is null then "amount"
          end
        ),
        0
      ) as "loose",
      count(
        case
          when "session" is null then 1
        end
      ) as "purchasesWithoutSession"
    from
      "purchases"
    where
      (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('week', "time")
  )
select
  to_char("sales"."period", 'YYYY-MM-DD') as "period",
  coalesce("orders"."orders", 0) as "orders",
  "buyers",
  "revenue",
  (cast("inOrders" as double precision) / nullif(cast("orders"."orders" as double precision), 0)) as "averageOrderValue",
  "purchasesWithoutSession",
  "loose" as "revenueWithoutSession"
from
  "sales"
  left join "orders" on "orders"."period" = "sales"."period"
order by
  "sales"."period";

-- revenue, grain month
-- ["purchase"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."event_type" as "action",
      "clicks"."price" as "amount",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-06'
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
      "action",
      "amount",
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
      "actor",
      "action",
      "amount",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      "amount"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      min("time") as "ordered"
    from
      "purchases"
    where
      "session" is not null
    group by
      "session"
  ),
  "orders" as (
    select
      date_trunc('month', "ordered") as "period",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-02-26 00:00:00.000'
        and "ordered" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('month', "ordered")
  ),
  "sales" as (
    select
      date_trunc('month', "time") as "period",
      count(distinct "actor") as "buyers",
      coalesce(sum("amount"), 0) as "revenue",
      coalesce(
        sum(
          case
            when "session" is not null then "amount"
          end
        ),
        0
      ) as "inOrders",
      coalesce(
        sum(
          case
            when "session" is null then "amount"
          end
        ),
        0
      ) as "loose",
      count(
        case
          when "session" is null then 1
        end
      ) as "purchasesWithoutSession"
    from
      "purchases"
    where
      (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('month', "time")
  )
select
  to_char("sales"."period", 'YYYY-MM-DD') as "period",
  coalesce("orders"."orders", 0) as "orders",
  "buyers",
  "revenue",
  (cast("inOrders" as double precision) / nullif(cast("orders"."orders" as double precision), 0)) as "averageOrderValue",
  "purchasesWithoutSession",
  "loose" as "revenueWithoutSession"
from
  "sales"
  left join "orders" on "orders"."period" = "sales"."period"
order by
  "sales"."period";

-- revenue, grain all
-- ["purchase"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."event_type" as "action",
      "clicks"."price" as "amount",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-06'
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
      "action",
      "amount",
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
      "actor",
      "action",
      "amount",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      "amount"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      min("time") as "ordered"
    from
      "purchases"
    where
      "session" is not null
    group by
      "session"
  ),
  "orders" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-02-26 00:00:00.000'
        and "ordered" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000'
  ),
  "sales" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      count(distinct "actor") as "buyers",
      coalesce(sum("amount"), 0) as "revenue",
      coalesce(
        sum(
          case
            when "session" is not null then "amount"
          end
        ),
        0
      ) as "inOrders",
      coalesce(
        sum(
          case
            when "session" is null then "amount"
          end
        ),
        0
      ) as "loose",
      count(
        case
          when "session" is null then 1
        end
      ) as "purchasesWithoutSession"
    from
      "purchases"
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
  coalesce("orders"."orders", 0) as "orders",
  "buyers",
  "revenue",
  (cast("inOrders" as double precision) / nullif(cast("orders"."orders" as double precision), 0)) as "averageOrderValue",
  "purchasesWithoutSession",
  "loose" as "revenueWithoutSession"
from
  "sales"
  left join "orders" on "orders"."period" = "sales"."period"
order by
  "sales"."period";

-- revenue, by none
-- ["purchase"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."event_type" as "action",
      "clicks"."price" as "amount",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-06'
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
      "action",
      "amount",
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
      "actor",
      "action",
      "amount",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      "amount"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      min("time") as "ordered"
    from
      "purchases"
    where
      "session" is not null
    group by
      "session"
  ),
  "orders" as (
    select
      date_trunc('day', "ordered") as "period",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-02-26 00:00:00.000'
        and "ordered" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('day', "ordered")
  ),
  "sales" as (
    select
      date_trunc('day', "time") as "period",
      count(distinct "actor") as "buyers",
      coalesce(sum("amount"), 0) as "revenue",
      coalesce(
        sum(
          case
            when "session" is not null then "amount"
          end
        ),
        0
      ) as "inOrders",
      coalesce(
        sum(
          case
            when "session" is null then "amount"
          end
        ),
        0
      ) as "loose",
      count(
        case
          when "session" is null then 1
        end
      ) as "purchasesWithoutSession"
    from
      "purchases"
    where
      (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      date_trunc('day', "time")
  )
select
  to_char("sales"."period", 'YYYY-MM-DD') as "period",
  coalesce("orders"."orders", 0) as "orders",
  "buyers",
  "revenue",
  (cast("inOrders" as double precision) / nullif(cast("orders"."orders" as double precision), 0)) as "averageOrderValue",
  "purchasesWithoutSession",
  "loose" as "revenueWithoutSession"
from
  "sales"
  left join "orders" on "orders"."period" = "sales"."period"
order by
  "sales"."period";

-- revenue, by category
-- ["purchase"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."event_type" as "action",
      "clicks"."price" as "amount",
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
      "action",
      "amount",
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
      "actor",
      "action",
      "amount",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      "amount",
      cast("category" as varchar(65535)) as "part"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      min(min("time")) over (
        partition by
          "session"
      ) as "ordered",
      "part" as "part"
    from
      "purchases"
    where
      "session" is not null
    group by
      "session",
      "part"
  ),
  "orders" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      "part" as "part",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-02-26 00:00:00.000'
        and "ordered" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      "part"
  ),
  "sales" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      "part" as "part",
      count(distinct "actor") as "buyers",
      coalesce(sum("amount"), 0) as "revenue",
      coalesce(
        sum(
          case
            when "session" is not null then "amount"
          end
        ),
        0
      ) as "inOrders",
      coalesce(
        sum(
          case
            when "session" is null then "amount"
          end
        ),
        0
      ) as "loose",
      count(
        case
          when "session" is null then 1
        end
      ) as "purchasesWithoutSession"
    from
      "purchases"
    where
      (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      "part"
  ),
  "totals" as (
    select
      "period" as "period",
      "part" as "part",
      sum("buyers") as "buyers",
      sum("revenue") as "revenue",
      sum("inOrders") as "inOrders",
      sum("loose") as "loose",
      sum("purchasesWithoutSession") as "purchasesWithoutSession",
      sum("orders") as "orders"
    from
      (
        select
          "period" as "period",
          "part" as "part",
          "buyers" as "buyers",
          "revenue" as "revenue",
          "inOrders" as "inOrders",
          "loose" as "loose",
          "purchasesWithoutSession" as "purchasesWithoutSession",
          0 as "orders"
        from
          "sales"
        union all
        select
          "period" as "period",
          "part" as "part",
          0 as "buyers",
          0 as "revenue",
          0 as "inOrders",
          0 as "loose",
          0 as "purchasesWithoutSession",
          "orders" as "orders"
        from
          "orders"
      ) as "rows"
    group by
      "period",
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "category",
  "orders",
  "buyers",
  "revenue",
  (cast("inOrders" as double precision) / nullif(cast("orders" as double precision), 0)) as "averageOrderValue",
  "purchasesWithoutSession",
  "loose" as "revenueWithoutSession"
from
  "totals"
order by
  "totals"."period",
  "revenue" desc,
  "part" asc nulls last;

-- revenue, by brand
-- ["purchase"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."event_type" as "action",
      "clicks"."price" as "amount",
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
      "action",
      "amount",
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
      "actor",
      "action",
      "amount",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      "amount",
      cast("brand" as varchar(65535)) as "part"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      min(min("time")) over (
        partition by
          "session"
      ) as "ordered",
      "part" as "part"
    from
      "purchases"
    where
      "session" is not null
    group by
      "session",
      "part"
  ),
  "orders" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      "part" as "part",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-02-26 00:00:00.000'
        and "ordered" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      "part"
  ),
  "sales" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      "part" as "part",
      count(distinct "actor") as "buyers",
      coalesce(sum("amount"), 0) as "revenue",
      coalesce(
        sum(
          case
            when "session" is not null then "amount"
          end
        ),
        0
      ) as "inOrders",
      coalesce(
        sum(
          case
            when "session" is null then "amount"
          end
        ),
        0
      ) as "loose",
      count(
        case
          when "session" is null then 1
        end
      ) as "purchasesWithoutSession"
    from
      "purchases"
    where
      (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      "part"
  ),
  "totals" as (
    select
      "period" as "period",
      "part" as "part",
      sum("buyers") as "buyers",
      sum("revenue") as "revenue",
      sum("inOrders") as "inOrders",
      sum("loose") as "loose",
      sum("purchasesWithoutSession") as "purchasesWithoutSession",
      sum("orders") as "orders"
    from
      (
        select
          "period" as "period",
          "part" as "part",
          "buyers" as "buyers",
          "revenue" as "revenue",
          "inOrders" as "inOrders",
          "loose" as "loose",
          "purchasesWithoutSession" as "purchasesWithoutSession",
          0 as "orders"
        from
          "sales"
        union all
        select
          "period" as "period",
          "part" as "part",
          0 as "buyers",
          0 as "revenue",
          0 as "inOrders",
          0 as "loose",
          0 as "purchasesWithoutSession",
          "orders" as "orders"
        from
          "orders"
      ) as "rows"
    group by
      "period",
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "brand",
  "orders",
  "buyers",
  "revenue",
  (cast("inOrders" as double precision) / nullif(cast("orders" as double precision), 0)) as "averageOrderValue",
  "purchasesWithoutSession",
  "loose" as "revenueWithoutSession"
from
  "totals"
order by
  "totals"."period",
  "revenue" desc,
  "part" asc nulls last;

-- revenue, by product
-- ["purchase"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."event_type" as "action",
      "clicks"."price" as "amount",
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
      "action",
      "amount",
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
      "actor",
      "action",
      "amount",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      "amount",
      cast("item" as varchar(65535)) as "part"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      min(min("time")) over (
        partition by
          "session"
      ) as "ordered",
      "part" as "part"
    from
      "purchases"
    where
      "session" is not null
    group by
      "session",
      "part"
  ),
  "orders" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      "part" as "part",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-02-26 00:00:00.000'
        and "ordered" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      "part"
  ),
  "sales" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      "part" as "part",
      count(distinct "actor") as "buyers",
      coalesce(sum("amount"), 0) as "revenue",
      coalesce(
        sum(
          case
            when "session" is not null then "amount"
          end
        ),
        0
      ) as "inOrders",
      coalesce(
        sum(
          case
            when "session" is null then "amount"
          end
        ),
        0
      ) as "loose",
      count(
        case
          when "session" is null then 1
        end
      ) as "purchasesWithoutSession"
    from
      "purchases"
    where
      (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      "part"
  ),
  "totals" as (
    select
      "period" as "period",
      "part" as "part",
      sum("buyers") as "buyers",
      sum("revenue") as "revenue",
      sum("inOrders") as "inOrders",
      sum("loose") as "loose",
      sum("purchasesWithoutSession") as "purchasesWithoutSession",
      sum("orders") as "orders"
    from
      (
        select
          "period" as "period",
          "part" as "part",
          "buyers" as "buyers",
          "revenue" as "revenue",
          "inOrders" as "inOrders",
          "loose" as "loose",
          "purchasesWithoutSession" as "purchasesWithoutSession",
          0 as "orders"
        from
          "sales"
        union all
        select
          "period" as "period",
          "part" as "part",
          0 as "buyers",
          0 as "revenue",
          0 as "inOrders",
          0 as "loose",
          0 as "purchasesWithoutSession",
          "orders" as "orders"
        from
          "orders"
      ) as "rows"
    group by
      "period",
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "product",
  "orders",
  "buyers",
  "revenue",
  (cast("inOrders" as double precision) / nullif(cast("orders" as double precision), 0)) as "averageOrderValue",
  "purchasesWithoutSession",
  "loose" as "revenueWithoutSession"
from
  "totals"
order by
  "totals"."period",
  "revenue" desc,
  "part" asc nulls last;

-- revenue, by hour
-- ["purchase"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."event_type" as "action",
      "clicks"."price" as "amount",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-06'
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
      "action",
      "amount",
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
      "actor",
      "action",
      "amount",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      "amount"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      min("time") as "ordered"
    from
      "purchases"
    where
      "session" is not null
    group by
      "session"
  ),
  "orders" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      cast(
        extract(
          hour
          from
            "ordered"
        ) as integer
      ) as "part",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-02-26 00:00:00.000'
        and "ordered" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      cast(
        extract(
          hour
          from
            "ordered"
        ) as integer
      )
  ),
  "sales" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      cast(
        extract(
          hour
          from
            "time"
        ) as integer
      ) as "part",
      count(distinct "actor") as "buyers",
      coalesce(sum("amount"), 0) as "revenue",
      coalesce(
        sum(
          case
            when "session" is not null then "amount"
          end
        ),
        0
      ) as "inOrders",
      coalesce(
        sum(
          case
            when "session" is null then "amount"
          end
        ),
        0
      ) as "loose",
      count(
        case
          when "session" is null then 1
        end
      ) as "purchasesWithoutSession"
    from
      "purchases"
    where
      (
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
  "totals" as (
    select
      "period" as "period",
      "part" as "part",
      sum("buyers") as "buyers",
      sum("revenue") as "revenue",
      sum("inOrders") as "inOrders",
      sum("loose") as "loose",
      sum("purchasesWithoutSession") as "purchasesWithoutSession",
      sum("orders") as "orders"
    from
      (
        select
          "period" as "period",
          "part" as "part",
          "buyers" as "buyers",
          "revenue" as "revenue",
          "inOrders" as "inOrders",
          "loose" as "loose",
          "purchasesWithoutSession" as "purchasesWithoutSession",
          0 as "orders"
        from
          "sales"
        union all
        select
          "period" as "period",
          "part" as "part",
          0 as "buyers",
          0 as "revenue",
          0 as "inOrders",
          0 as "loose",
          0 as "purchasesWithoutSession",
          "orders" as "orders"
        from
          "orders"
      ) as "rows"
    group by
      "period",
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "hour",
  "orders",
  "buyers",
  "revenue",
  (cast("inOrders" as double precision) / nullif(cast("orders" as double precision), 0)) as "averageOrderValue",
  "purchasesWithoutSession",
  "loose" as "revenueWithoutSession"
from
  "totals"
order by
  "totals"."period",
  "part" asc nulls last;

-- revenue, by weekday
-- ["purchase"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."event_type" as "action",
      "clicks"."price" as "amount",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-03-06'
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
      "action",
      "amount",
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
      "actor",
      "action",
      "amount",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      "amount"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      min("time") as "ordered"
    from
      "purchases"
    where
      "session" is not null
    group by
      "session"
  ),
  "orders" as (
    select
      timestamp '2024-02-26 00:00:00.000' as "period",
      (
        (
          cast(
            extract(
              dow
              from
                "ordered"
            ) as integer
          ) + 6
        ) % 7 + 1
      ) as "part",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-02-26 00:00:00.000'
        and "ordered" < timestamp '2024-03-07 00:00:00.000'
      )
    group by
      timestamp '2024-02-26 00:00:00.000',
      (
        (
          cast(
            extract(
              dow
              from
                "ordered"
            ) as integer
          ) + 6
        ) % 7 + 1
      )
  ),
  "sales" as (
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
      count(distinct "actor") as "buyers",
      coalesce(sum("amount"), 0) as "revenue",
      coalesce(
        sum(
          case
            when "session" is not null then "amount"
          end
        ),
        0
      ) as "inOrders",
      coalesce(
        sum(
          case
            when "session" is null then "amount"
          end
        ),
        0
      ) as "loose",
      count(
        case
          when "session" is null then 1
        end
      ) as "purchasesWithoutSession"
    from
      "purchases"
    where
      (
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
  "totals" as (
    select
      "period" as "period",
      "part" as "part",
      sum("buyers") as "buyers",
      sum("revenue") as "revenue",
      sum("inOrders") as "inOrders",
      sum("loose") as "loose",
      sum("purchasesWithoutSession") as "purchasesWithoutSession",
      sum("orders") as "orders"
    from
      (
        select
          "period" as "period",
          "part" as "part",
          "buyers" as "buyers",
          "revenue" as "revenue",
          "inOrders" as "inOrders",
          "loose" as "loose",
          "purchasesWithoutSession" as "purchasesWithoutSession",
          0 as "orders"
        from
          "sales"
        union all
        select
          "period" as "period",
          "part" as "part",
          0 as "buyers",
          0 as "revenue",
          0 as "inOrders",
          0 as "loose",
          0 as "purchasesWithoutSession",
          "orders" as "orders"
        from
          "orders"
      ) as "rows"
    group by
      "period",
      "part"
  )
select
  '2024-02-26/2024-03-06' as "period",
  "part" as "weekday",
  "orders",
  "buyers",
  "revenue",
  (cast("inOrders" as double precision) / nullif(cast("orders" as double precision), 0)) as "averageOrderValue",
  "purchasesWithoutSession",
  "loose" as "revenueWithoutSession"
from
  "totals"
order by
  "totals"."period",
  "part" asc nulls last;

-- revenue, the first day
-- ["purchase"]
with
  "events_read" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."user_id" as "actor",
      "clicks"."event_type" as "action",
      "clicks"."price" as "amount",
      "clicks"."user_session" as "session_key"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-24'
      and "clicks"."dt" <= date '2024-02-26'
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
      "action",
      "amount",
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
      "actor",
      "action",
      "amount",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      "amount"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      min("time") as "ordered"
    from
      "purchases"
    where
      "session" is not null
    group by
      "session"
  ),
  "orders" as (
    select
      date_trunc('day', "ordered") as "period",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-02-26 00:00:00.000'
        and "ordered" < timestamp '2024-02-27 00:00:00.000'
      )
    group by
      date_trunc('day', "ordered")
  ),
  "sales" as (
    select
      date_trunc('day', "time") as "period",
      count(distinct "actor") as "buyers",
      coalesce(sum("amount"), 0) as "revenue",
      coalesce(
        sum(
          case
            when "session" is not null then "amount"
          end
        ),
        0
      ) as "inOrders",
      coalesce(
        sum(
          case
            when "session" is null then "amount"
          end
        ),
        0
      ) as "loose",
      count(
        case
          when "session" is null then 1
        end
      ) as "purchasesWithoutSession"
    from
      "purchases"
    where
      (
        "time" >= timestamp '2024-02-26 00:00:00.000'
        and "time" < timestamp '2024-02-27 00:00:00.000'
      )
    group by
      date_trunc('day', "time")
  )
select
  to_char("sales"."period", 'YYYY-MM-DD') as "period",
  coalesce("orders"."orders", 0) as "orders",
  "buyers",
  "revenue",
  (cast("inOrders" as double precision) / nullif(cast("orders"."orders" as double precision), 0)) as "averageOrderValue",
  "purchasesWithoutSession",
  "loose" as "revenueWithoutSession"
from
  "sales"
  left join "orders" on "orders"."period" = "sales"."period"
order by
  "sales"."period";

-- revenue, the traps of the history
-- ["purchase"]
with
  "events_read" as (
    select
      "shop"."event_time" as "time",
      "shop"."user_id" as "actor",
      "shop"."event_type" as "action",
      "shop"."price" as "amount",
      "shop"."session" as "session_key"
    from
      "shop"
    where
      "shop"."dt" >= date '2024-03-01'
      and "shop"."dt" <= date '2024-03-05'
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
      "action",
      "amount",
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
      "actor",
      "action",
      "amount",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      "amount"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      min("time") as "ordered"
    from
      "purchases"
    where
      "session" is not null
    group by
      "session"
  ),
  "orders" as (
    select
      date_trunc('day', "ordered") as "period",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-03-03 00:00:00.000'
        and "ordered" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      date_trunc('day', "ordered")
  ),
  "sales" as (
    select
      date_trunc('day', "time") as "period",
      count(distinct "actor") as "buyers",
      coalesce(sum("amount"), 0) as "revenue",
      coalesce(
        sum(
          case
            when "session" is not null then "amount"
          end
        ),
        0
      ) as "inOrders",
      coalesce(
        sum(
          case
            when "session" is null then "amount"
          end
        ),
        0
      ) as "loose",
      count(
        case
          when "session" is null then 1
        end
      ) as "purchasesWithoutSession"
    from
      "purchases"
    where
      (
        "time" >= timestamp '2024-03-03 00:00:00.000'
        and "time" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      date_trunc('day', "time")
  )
select
  to_char("sales"."period", 'YYYY-MM-DD') as "period",
  coalesce("orders"."orders", 0) as "orders",
  "buyers",
  "revenue",
  (cast("inOrders" as double precision) / nullif(cast("orders"."orders" as double precision), 0)) as "averageOrderValue",
  "purchasesWithoutSession",
  "loose" as "revenueWithoutSession"
from
  "sales"
  left join "orders" on "orders"."period" = "sales"."period"
order by
  "sales"."period";

-- revenue, units and orders
-- ["sale"]
with
  "events_read" as (
    select
      "market"."at" as "time",
      "market"."customer" as "actor",
      "market"."kind" as "action",
      "market"."unit_price" * "market"."units" as "amount",
      "market"."receipt" as "order",
      "market"."visit" as "session_key"
    from
      "market"
    where
      "market"."dt" >= date '2024-03-01'
      and "market"."dt" <= date '2024-03-05'
  ),
  "events_spaced" as (
    select
      "time",
      "actor",
      "action",
      "amount",
      "order",
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
      "action",
      "amount",
      "order",
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
      "actor",
      "action",
      "amount",
      "order",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      "amount",
      "order"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      min("time") as "ordered"
    from
      "purchases"
    where
      "order" is not null
    group by
      "order"
  ),
  "orders" as (
    select
      date_trunc('day', "ordered") as "period",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-03-03 00:00:00.000'
        and "ordered" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      date_trunc('day', "ordered")
  ),
  "sales" as (
    select
      date_trunc('day', "time") as "period",
      count(distinct "actor") as "buyers",
      coalesce(sum("amount"), 0) as "revenue",
      coalesce(
        sum(
          case
            when "order" is not null then "amount"
          end
        ),
        0
      ) as "inOrders",
      coalesce(
        sum(
          case
            when "session" is null then "amount"
          end
        ),
        0
      ) as "loose",
      count(
        case
          when "session" is null then 1
        end
      ) as "purchasesWithoutSession"
    from
      "purchases"
    where
      (
        "time" >= timestamp '2024-03-03 00:00:00.000'
        and "time" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      date_trunc('day', "time")
  )
select
  to_char("sales"."period", 'YYYY-MM-DD') as "period",
  coalesce("orders"."orders", 0) as "orders",
  "buyers",
  "revenue",
  (cast("inOrders" as double precision) / nullif(cast("orders"."orders" as double precision), 0)) as "averageOrderValue",
  "purchasesWithoutSession",
  "loose" as "revenueWithoutSession"
from
  "sales"
  left join "orders" on "orders"."period" = "sales"."period"
order by
  "sales"."period";

-- revenue, orders by category
-- ["sale"]
with
  "events_read" as (
    select
      "market"."at" as "time",
      "market"."customer" as "actor",
      "market"."kind" as "action",
      "market"."unit_price" * "market"."units" as "amount",
      "market"."department" as "category",
      "market"."receipt" as "order",
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
      "actor",
      "action",
      "amount",
      "category",
      "order",
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
      "action",
      "amount",
      "category",
      "order",
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
      "actor",
      "action",
      "amount",
      "category",
      "order",
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
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      "amount",
      "order",
      cast("category" as varchar(65535)) as "part"
    from
      "events"
    where
      "action" = $1
  ),
  "firsts" as (
    select
      min(min("time")) over (
        partition by
          "order"
      ) as "ordered",
      "part" as "part"
    from
      "purchases"
    where
      "order" is not null
    group by
      "order",
      "part"
  ),
  "orders" as (
    select
      timestamp '2024-03-03 00:00:00.000' as "period",
      "part" as "part",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-03-03 00:00:00.000'
        and "ordered" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      timestamp '2024-03-03 00:00:00.000',
      "part"
  ),
  "sales" as (
    select
      timestamp '2024-03-03 00:00:00.000' as "period",
      "part" as "part",
      count(distinct "actor") as "buyers",
      coalesce(sum("amount"), 0) as "revenue",
      coalesce(
        sum(
          case
            when "order" is not null then "amount"
          end
        ),
        0
      ) as "inOrders",
      coalesce(
        sum(
          case
            when "session" is null then "amount"
          end
        ),
        0
      ) as "loose",
      count(
        case
          when "session" is null then 1
        end
      ) as "purchasesWithoutSession"
    from
      "purchases"
    where
      (
        "time" >= timestamp '2024-03-03 00:00:00.000'
        and "time" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      timestamp '2024-03-03 00:00:00.000',
      "part"
  ),
  "totals" as (
    select
      "period" as "period",
      "part" as "part",
      sum("buyers") as "buyers",
      sum("revenue") as "revenue",
      sum("inOrders") as "inOrders",
      sum("loose") as "loose",
      sum("purchasesWithoutSession") as "purchasesWithoutSession",
      sum("orders") as "orders"
    from
      (
        select
          "period" as "period",
          "part" as "part",
          "buyers" as "buyers",
          "revenue" as "revenue",
          "inOrders" as "inOrders",
          "loose" as "loose",
          "purchasesWithoutSession" as "purchasesWithoutSession",
          0 as "orders"
        from
          "sales"
        union all
        select
          "period" as "period",
          "part" as "part",
          0 as "buyers",
          0 as "revenue",
          0 as "inOrders",
          0 as "loose",
          0 as "purchasesWithoutSession",
          "orders" as "orders"
        from
          "orders"
      ) as "rows"
    group by
      "period",
      "part"
  )
select
  '2024-03-03/2024-03-05' as "period",
  "part" as "category",
  "orders",
  "buyers",
  "revenue",
  (cast("inOrders" as double precision) / nullif(cast("orders" as double precision), 0)) as "averageOrderValue",
  "purchasesWithoutSession",
  "loose" as "revenueWithoutSession"
from
  "totals"
order by
  "totals"."period",
  "revenue" desc,
  "part" asc nulls last;

-- revenue, the bazaar
-- ["page","detail","put","out","pay_page","paid","purchase","cart","cart","removeFromCart","cart","purchase"]
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
      cast("bazaar"."price" as decimal(38, 4)) as "amount",
      "bazaar"."sku" as "item",
      "bazaar"."visit" as "session_key"
    from
      "bazaar"
    where
      "bazaar"."dt" >= date '2024-03-02'
      and "bazaar"."dt" <= date '2024-03-05'
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
      "action",
      "amount",
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
  "raw" as (
    select
      "time",
      "actor",
      "action",
      "amount",
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
      "rounds"."time" >= timestamp '2024-03-03 00:00:00.000'
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
  "purchases" as (
    select
      "time",
      "actor",
      "session",
      "amount"
    from
      "events"
    where
      "action" = $12
  ),
  "firsts" as (
    select
      min("time") as "ordered"
    from
      "purchases"
    where
      "session" is not null
    group by
      "session"
  ),
  "orders" as (
    select
      date_trunc('day', "ordered") as "period",
      count(*) as "orders"
    from
      "firsts"
    where
      (
        "ordered" >= timestamp '2024-03-04 00:00:00.000'
        and "ordered" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      date_trunc('day', "ordered")
  ),
  "sales" as (
    select
      date_trunc('day', "time") as "period",
      count(distinct "actor") as "buyers",
      coalesce(sum("amount"), 0) as "revenue",
      coalesce(
        sum(
          case
            when "session" is not null then "amount"
          end
        ),
        0
      ) as "inOrders",
      coalesce(
        sum(
          case
            when "session" is null then "amount"
          end
        ),
        0
      ) as "loose",
      count(
        case
          when "session" is null then 1
        end
      ) as "purchasesWithoutSession"
    from
      "purchases"
    where
      (
        "time" >= timestamp '2024-03-04 00:00:00.000'
        and "time" < timestamp '2024-03-06 00:00:00.000'
      )
    group by
      date_trunc('day', "time")
  )
select
  to_char("sales"."period", 'YYYY-MM-DD') as "period",
  coalesce("orders"."orders", 0) as "orders",
  "buyers",
  "revenue",
  (cast("inOrders" as double precision) / nullif(cast("orders"."orders" as double precision), 0)) as "averageOrderValue",
  "purchasesWithoutSession",
  "loose" as "revenueWithoutSession"
from
  "sales"
  left join "orders" on "orders"."period" = "sales"."period"
order by
  "sales"."period";
