-- peak-hours, by none
-- ["view","cart","purchase","purchase"]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."price" as "amount"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-03-06'
  ),
  "placed" as (
    select
      "actor",
      "action",
      "amount",
      cast(0 as integer) as "weekday",
      hour("time") as "hour"
    from
      "events"
  ),
  "totals" as (
    select
      "weekday",
      "hour",
      count(*) as "events",
      count(distinct "actor") as "visitors",
      count(*) filter(
        where
          "action" = $1
      ) as "views",
      count(*) filter(
        where
          "action" = $2
      ) as "carts",
      count(*) filter(
        where
          "action" = $3
      ) as "purchases",
      coalesce(
        sum("amount") filter(
          where
            "action" = $4
        ),
        0
      ) as "revenue"
    from
      "placed"
    group by
      "weekday",
      "hour"
  )
select
  "hour",
  "events",
  "visitors",
  "views",
  "carts",
  "purchases",
  "revenue"
from
  "totals"
order by
  "weekday",
  "hour";

-- peak-hours, by weekday
-- ["view","cart","purchase","purchase"]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."price" as "amount"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-03-06'
  ),
  "placed" as (
    select
      "actor",
      "action",
      "amount",
      isodow("time") as "weekday",
      hour("time") as "hour"
    from
      "events"
  ),
  "totals" as (
    select
      "weekday",
      "hour",
      count(*) as "events",
      count(distinct "actor") as "visitors",
      count(*) filter(
        where
          "action" = $1
      ) as "views",
      count(*) filter(
        where
          "action" = $2
      ) as "carts",
      count(*) filter(
        where
          "action" = $3
      ) as "purchases",
      coalesce(
        sum("amount") filter(
          where
            "action" = $4
        ),
        0
      ) as "revenue"
    from
      "placed"
    group by
      "weekday",
      "hour"
  )
select
  "weekday",
  "hour",
  "events",
  "visitors",
  "views",
  "carts",
  "purchases",
  "revenue"
from
  "totals"
order by
  "weekday",
  "hour";

-- peak-hours, by category
-- ["view","cart","purchase","purchase"]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."price" as "amount",
      "clicks"."category_code" as "category"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-03-06'
  ),
  "placed" as (
    select
      "actor",
      "action",
      "amount",
      cast("category" as varchar) as "category",
      hour("time") as "hour"
    from
      "events"
  ),
  "totals" as (
    select
      "category",
      "hour",
      count(*) as "events",
      count(distinct "actor") as "visitors",
      count(*) filter(
        where
          "action" = $1
      ) as "views",
      count(*) filter(
        where
          "action" = $2
      ) as "carts",
      count(*) filter(
        where
          "action" = $3
      ) as "purchases",
      coalesce(
        sum("amount") filter(
          where
            "action" = $4
        ),
        0
      ) as "revenue"
    from
      "placed"
    group by
      "category",
      "hour"
  )
select
  "category",
  "hour",
  "events",
  "visitors",
  "views",
  "carts",
  "purchases",
  "revenue"
from
  "totals"
order by
  "category" asc nulls last,
  "hour";

-- peak-hours, by brand
-- ["view","cart","purchase","purchase"]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."price" as "amount",
      "clicks"."brand" as "brand"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-03-06'
  ),
  "placed" as (
    select
      "actor",
      "action",
      "amount",
      cast("brand" as varchar) as "brand",
      hour("time") as "hour"
    from
      "events"
  ),
  "totals" as (
    select
      "brand",
      "hour",
      count(*) as "events",
      count(distinct "actor") as "visitors",
      count(*) filter(
        where
          "action" = $1
      ) as "views",
      count(*) filter(
        where
          "action" = $2
      ) as "carts",
      count(*) filter(
        where
          "action" = $3
      ) as "purchases",
      coalesce(
        sum("amount") filter(
          where
            "action" = $4
        ),
        0
      ) as "revenue"
    from
      "placed"
    group by
      "brand",
      "hour"
  )
select
  "brand",
  "hour",
  "events",
  "visitors",
  "views",
  "carts",
  "purchases",
  "revenue"
from
  "totals"
order by
  "brand" asc nulls last,
  "hour";

-- peak-hours, by product
-- ["view","cart","purchase","purchase"]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."price" as "amount",
      "clicks"."product_id" as "item"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-03-06'
  ),
  "placed" as (
    select
      "actor",
      "action",
      "amount",
      cast("item" as varchar) as "product",
      hour("time") as "hour"
    from
      "events"
  ),
  "totals" as (
    select
      "product",
      "hour",
      count(*) as "events",
      count(distinct "actor") as "visitors",
      count(*) filter(
        where
          "action" = $1
      ) as "views",
      count(*) filter(
        where
          "action" = $2
      ) as "carts",
      count(*) filter(
        where
          "action" = $3
      ) as "purchases",
      coalesce(
        sum("amount") filter(
          where
            "action" = $4
        ),
        0
      ) as "revenue"
    from
      "placed"
    group by
      "product",
      "hour"
  )
select
  "product",
  "hour",
  "events",
  "visitors",
  "views",
  "carts",
  "purchases",
  "revenue"
from
  "totals"
order by
  "product" asc nulls last,
  "hour";

-- peak-hours, the first day
-- ["view","cart","purchase","purchase"]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."price" as "amount"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-02-26'
  ),
  "placed" as (
    select
      "actor",
      "action",
      "amount",
      cast(0 as integer) as "weekday",
      hour("time") as "hour"
    from
      "events"
  ),
  "totals" as (
    select
      "weekday",
      "hour",
      count(*) as "events",
      count(distinct "actor") as "visitors",
      count(*) filter(
        where
          "action" = $1
      ) as "views",
      count(*) filter(
        where
          "action" = $2
      ) as "carts",
      count(*) filter(
        where
          "action" = $3
      ) as "purchases",
      coalesce(
        sum("amount") filter(
          where
            "action" = $4
        ),
        0
      ) as "revenue"
    from
      "placed"
    group by
      "weekday",
      "hour"
  )
select
  "hour",
  "events",
  "visitors",
  "views",
  "carts",
  "purchases",
  "revenue"
from
  "totals"
order by
  "weekday",
  "hour";

-- peak-hours, the traps of the history
-- ["view","cart","purchase","purchase"]
with
  "events" as (
    select
      "shop"."event_time" as "time",
      "shop"."event_type" as "action",
      "shop"."user_id" as "actor",
      "shop"."price" as "amount"
    from
      "shop"
    where
      "shop"."dt" >= date '2024-03-03'
      and "shop"."dt" <= date '2024-03-05'
  ),
  "placed" as (
    select
      "actor",
      "action",
      "amount",
      cast(0 as integer) as "weekday",
      hour("time") as "hour"
    from
      "events"
  ),
  "totals" as (
    select
      "weekday",
      "hour",
      count(*) as "events",
      count(distinct "actor") as "visitors",
      count(*) filter(
        where
          "action" = $1
      ) as "views",
      count(*) filter(
        where
          "action" = $2
      ) as "carts",
      count(*) filter(
        where
          "action" = $3
      ) as "purchases",
      coalesce(
        sum("amount") filter(
          where
            "action" = $4
        ),
        0
      ) as "revenue"
    from
      "placed"
    group by
      "weekday",
      "hour"
  )
select
  "hour",
  "events",
  "visitors",
  "views",
  "carts",
  "purchases",
  "revenue"
from
  "totals"
order by
  "weekday",
  "hour";

-- peak-hours, units and orders
-- ["view_item","add_to_cart","sale","sale"]
with
  "events" as (
    select
      "market"."at" as "time",
      "market"."kind" as "action",
      "market"."customer" as "actor",
      "market"."unit_price" * "market"."units" as "amount"
    from
      "market"
    where
      "market"."dt" >= date '2024-03-03'
      and "market"."dt" <= date '2024-03-05'
  ),
  "placed" as (
    select
      "actor",
      "action",
      "amount",
      cast(0 as integer) as "weekday",
      hour("time") as "hour"
    from
      "events"
  ),
  "totals" as (
    select
      "weekday",
      "hour",
      count(*) as "events",
      count(distinct "actor") as "visitors",
      count(*) filter(
        where
          "action" = $1
      ) as "views",
      count(*) filter(
        where
          "action" = $2
      ) as "carts",
      count(*) filter(
        where
          "action" = $3
      ) as "purchases",
      coalesce(
        sum("amount") filter(
          where
            "action" = $4
        ),
        0
      ) as "revenue"
    from
      "placed"
    group by
      "weekday",
      "hour"
  )
select
  "hour",
  "events",
  "visitors",
  "views",
  "carts",
  "purchases",
  "revenue"
from
  "totals"
order by
  "weekday",
  "hour";

-- peak-hours, the bazaar
-- ["page","detail","put","out","pay_page","paid","purchase","cart","cart","removeFromCart","cart","view","cart","purchase","purchase"]
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
      "bazaar"."visitor" as "actor",
      cast("bazaar"."price" as decimal(38, 4)) as "amount",
      "bazaar"."sku" as "item",
      "bazaar"."visit" as "session_key"
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
      not date_diff('millisecond', min("time"), max("time")) <= 86400000
  ),
  "events_spaced" as (
    select
      "time",
      "action",
      "actor",
      "amount",
      "item",
      "session_key",
      lag ("time") over (
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
      "actor",
      "amount",
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
      ) as "session_began"
    from
      "events_spaced"
  ),
  "raw" as (
    select
      "time",
      "action",
      "actor",
      "amount",
      "item",
      cast("session_key" as varchar) as "session"
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
      "action",
      "actor",
      "amount",
      "item",
      case
        when (
          "session_key" is not null
          and date_diff('millisecond', "session_began", "time") <= 86400000
        ) then concat(cast("session_key" as varchar), '@', strftime("session_began", '%Y-%m-%dT%H:%M:%S'))
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
      "rounds"."action" as "action",
      "rounds"."actor" as "actor",
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
      "action",
      "actor",
      "amount"
    from
      "carted"
  ),
  "placed" as (
    select
      "actor",
      "action",
      "amount",
      cast(0 as integer) as "weekday",
      hour("time") as "hour"
    from
      "events"
  ),
  "totals" as (
    select
      "weekday",
      "hour",
      count(*) as "events",
      count(distinct "actor") as "visitors",
      count(*) filter(
        where
          "action" = $12
      ) as "views",
      count(*) filter(
        where
          "action" = $13
      ) as "carts",
      count(*) filter(
        where
          "action" = $14
      ) as "purchases",
      coalesce(
        sum("amount") filter(
          where
            "action" = $15
        ),
        0
      ) as "revenue"
    from
      "placed"
    group by
      "weekday",
      "hour"
  )
select
  "hour",
  "events",
  "visitors",
  "views",
  "carts",
  "purchases",
  "revenue"
from
  "totals"
order by
  "weekday",
  "hour";
