-- top-categories, by none
-- ["view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."category_code" as "category",
      "clicks"."price" as "amount"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-03-06'
  ),
  "totals" as (
    select
      cast(0 as integer) as "slot",
      cast("category" as varchar(65535)) as "category",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "views",
      count(
        case
          when "action" = $2 then 1
        end
      ) as "carts",
      count(
        case
          when "action" = $3 then 1
        end
      ) as "purchases",
      coalesce(
        sum(
          case
            when "action" = $4 then "amount"
          end
        ),
        0
      ) as "revenue"
    from
      "events"
    group by
      cast(0 as integer),
      "category"
  ),
  "ranked" as (
    select
      *,
      row_number() over (
        partition by
          "slot"
        order by
          "revenue" desc,
          "category" asc nulls last
      ) as "rank"
    from
      "totals"
  )
select
  "rank",
  "category",
  "views",
  "carts",
  "purchases",
  "revenue"
from
  "ranked"
where
  "rank" <= $5
order by
  "slot",
  "rank";

-- top-categories, by hour
-- ["view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."category_code" as "category",
      "clicks"."price" as "amount"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-03-06'
  ),
  "totals" as (
    select
      cast(
        extract(
          hour
          from
            "time"
        ) as integer
      ) as "slot",
      cast("category" as varchar(65535)) as "category",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "views",
      count(
        case
          when "action" = $2 then 1
        end
      ) as "carts",
      count(
        case
          when "action" = $3 then 1
        end
      ) as "purchases",
      coalesce(
        sum(
          case
            when "action" = $4 then "amount"
          end
        ),
        0
      ) as "revenue"
    from
      "events"
    group by
      cast(
        extract(
          hour
          from
            "time"
        ) as integer
      ),
      "category"
  ),
  "ranked" as (
    select
      *,
      row_number() over (
        partition by
          "slot"
        order by
          "revenue" desc,
          "category" asc nulls last
      ) as "rank"
    from
      "totals"
  )
select
  "slot" as "hour",
  "rank",
  "category",
  "views",
  "carts",
  "purchases",
  "revenue"
from
  "ranked"
where
  "rank" <= $5
order by
  "slot",
  "rank";

-- top-categories, by weekday
-- ["view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."category_code" as "category",
      "clicks"."price" as "amount"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-03-06'
  ),
  "totals" as (
    select
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
      ) as "slot",
      cast("category" as varchar(65535)) as "category",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "views",
      count(
        case
          when "action" = $2 then 1
        end
      ) as "carts",
      count(
        case
          when "action" = $3 then 1
        end
      ) as "purchases",
      coalesce(
        sum(
          case
            when "action" = $4 then "amount"
          end
        ),
        0
      ) as "revenue"
    from
      "events"
    group by
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
      ),
      "category"
  ),
  "ranked" as (
    select
      *,
      row_number() over (
        partition by
          "slot"
        order by
          "revenue" desc,
          "category" asc nulls last
      ) as "rank"
    from
      "totals"
  )
select
  "slot" as "weekday",
  "rank",
  "category",
  "views",
  "carts",
  "purchases",
  "revenue"
from
  "ranked"
where
  "rank" <= $5
order by
  "slot",
  "rank";

-- top-categories, by brand
-- ["view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."category_code" as "category",
      "clicks"."price" as "amount",
      "clicks"."brand" as "brand"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-03-06'
  ),
  "totals" as (
    select
      cast("brand" as varchar(65535)) as "slot",
      cast("category" as varchar(65535)) as "category",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "views",
      count(
        case
          when "action" = $2 then 1
        end
      ) as "carts",
      count(
        case
          when "action" = $3 then 1
        end
      ) as "purchases",
      coalesce(
        sum(
          case
            when "action" = $4 then "amount"
          end
        ),
        0
      ) as "revenue"
    from
      "events"
    group by
      cast("brand" as varchar(65535)),
      "category"
  ),
  "ranked" as (
    select
      *,
      row_number() over (
        partition by
          "slot"
        order by
          "revenue" desc,
          "category" asc nulls last
      ) as "rank"
    from
      "totals"
  )
select
  "slot" as "brand",
  "rank",
  "category",
  "views",
  "carts",
  "purchases",
  "revenue"
from
  "ranked"
where
  "rank" <= $5
order by
  "slot" asc nulls last,
  "rank";

-- top-categories, sort revenue
-- ["view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."category_code" as "category",
      "clicks"."price" as "amount"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-03-06'
  ),
  "totals" as (
    select
      cast(0 as integer) as "slot",
      cast("category" as varchar(65535)) as "category",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "views",
      count(
        case
          when "action" = $2 then 1
        end
      ) as "carts",
      count(
        case
          when "action" = $3 then 1
        end
      ) as "purchases",
      coalesce(
        sum(
          case
            when "action" = $4 then "amount"
          end
        ),
        0
      ) as "revenue"
    from
      "events"
    group by
      cast(0 as integer),
      "category"
  ),
  "ranked" as (
    select
      *,
      row_number() over (
        partition by
          "slot"
        order by
          "revenue" desc,
          "category" asc nulls last
      ) as "rank"
    from
      "totals"
  )
select
  "rank",
  "category",
  "views",
  "carts",
  "purchases",
  "revenue"
from
  "ranked"
where
  "rank" <= $5
order by
  "slot",
  "rank";

-- top-categories, sort purchases
-- ["view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."category_code" as "category",
      "clicks"."price" as "amount"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-03-06'
  ),
  "totals" as (
    select
      cast(0 as integer) as "slot",
      cast("category" as varchar(65535)) as "category",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "views",
      count(
        case
          when "action" = $2 then 1
        end
      ) as "carts",
      count(
        case
          when "action" = $3 then 1
        end
      ) as "purchases",
      coalesce(
        sum(
          case
            when "action" = $4 then "amount"
          end
        ),
        0
      ) as "revenue"
    from
      "events"
    group by
      cast(0 as integer),
      "category"
  ),
  "ranked" as (
    select
      *,
      row_number() over (
        partition by
          "slot"
        order by
          "purchases" desc,
          "category" asc nulls last
      ) as "rank"
    from
      "totals"
  )
select
  "rank",
  "category",
  "views",
  "carts",
  "purchases",
  "revenue"
from
  "ranked"
where
  "rank" <= $5
order by
  "slot",
  "rank";

-- top-categories, sort carts
-- ["view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."category_code" as "category",
      "clicks"."price" as "amount"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-03-06'
  ),
  "totals" as (
    select
      cast(0 as integer) as "slot",
      cast("category" as varchar(65535)) as "category",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "views",
      count(
        case
          when "action" = $2 then 1
        end
      ) as "carts",
      count(
        case
          when "action" = $3 then 1
        end
      ) as "purchases",
      coalesce(
        sum(
          case
            when "action" = $4 then "amount"
          end
        ),
        0
      ) as "revenue"
    from
      "events"
    group by
      cast(0 as integer),
      "category"
  ),
  "ranked" as (
    select
      *,
      row_number() over (
        partition by
          "slot"
        order by
          "carts" desc,
          "category" asc nulls last
      ) as "rank"
    from
      "totals"
  )
select
  "rank",
  "category",
  "views",
  "carts",
  "purchases",
  "revenue"
from
  "ranked"
where
  "rank" <= $5
order by
  "slot",
  "rank";

-- top-categories, sort views
-- ["view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."category_code" as "category",
      "clicks"."price" as "amount"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-03-06'
  ),
  "totals" as (
    select
      cast(0 as integer) as "slot",
      cast("category" as varchar(65535)) as "category",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "views",
      count(
        case
          when "action" = $2 then 1
        end
      ) as "carts",
      count(
        case
          when "action" = $3 then 1
        end
      ) as "purchases",
      coalesce(
        sum(
          case
            when "action" = $4 then "amount"
          end
        ),
        0
      ) as "revenue"
    from
      "events"
    group by
      cast(0 as integer),
      "category"
  ),
  "ranked" as (
    select
      *,
      row_number() over (
        partition by
          "slot"
        order by
          "views" desc,
          "category" asc nulls last
      ) as "rank"
    from
      "totals"
  )
select
  "rank",
  "category",
  "views",
  "carts",
  "purchases",
  "revenue"
from
  "ranked"
where
  "rank" <= $5
order by
  "slot",
  "rank";

-- top-categories, the first day
-- ["view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."category_code" as "category",
      "clicks"."price" as "amount"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-02-26'
  ),
  "totals" as (
    select
      cast(0 as integer) as "slot",
      cast("category" as varchar(65535)) as "category",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "views",
      count(
        case
          when "action" = $2 then 1
        end
      ) as "carts",
      count(
        case
          when "action" = $3 then 1
        end
      ) as "purchases",
      coalesce(
        sum(
          case
            when "action" = $4 then "amount"
          end
        ),
        0
      ) as "revenue"
    from
      "events"
    group by
      cast(0 as integer),
      "category"
  ),
  "ranked" as (
    select
      *,
      row_number() over (
        partition by
          "slot"
        order by
          "revenue" desc,
          "category" asc nulls last
      ) as "rank"
    from
      "totals"
  )
select
  "rank",
  "category",
  "views",
  "carts",
  "purchases",
  "revenue"
from
  "ranked"
where
  "rank" <= $5
order by
  "slot",
  "rank";

-- top-categories, the traps of the history
-- ["view","cart","purchase","purchase",10]
with
  "events" as (
    select
      "shop"."event_time" as "time",
      "shop"."event_type" as "action",
      "shop"."category" as "category",
      "shop"."price" as "amount"
    from
      "shop"
    where
      "shop"."dt" >= date '2024-03-03'
      and "shop"."dt" <= date '2024-03-05'
  ),
  "totals" as (
    select
      cast(0 as integer) as "slot",
      cast("category" as varchar(65535)) as "category",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "views",
      count(
        case
          when "action" = $2 then 1
        end
      ) as "carts",
      count(
        case
          when "action" = $3 then 1
        end
      ) as "purchases",
      coalesce(
        sum(
          case
            when "action" = $4 then "amount"
          end
        ),
        0
      ) as "revenue"
    from
      "events"
    group by
      cast(0 as integer),
      "category"
  ),
  "ranked" as (
    select
      *,
      row_number() over (
        partition by
          "slot"
        order by
          "revenue" desc,
          "category" asc nulls last
      ) as "rank"
    from
      "totals"
  )
select
  "rank",
  "category",
  "views",
  "carts",
  "purchases",
  "revenue"
from
  "ranked"
where
  "rank" <= $5
order by
  "slot",
  "rank";

-- top-categories, units and orders
-- ["view_item","add_to_cart","sale","sale",10]
with
  "events" as (
    select
      "market"."at" as "time",
      "market"."kind" as "action",
      "market"."department" as "category",
      "market"."unit_price" * "market"."units" as "amount"
    from
      "market"
    where
      "market"."dt" >= date '2024-03-03'
      and "market"."dt" <= date '2024-03-05'
  ),
  "totals" as (
    select
      cast(0 as integer) as "slot",
      cast("category" as varchar(65535)) as "category",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "views",
      count(
        case
          when "action" = $2 then 1
        end
      ) as "carts",
      count(
        case
          when "action" = $3 then 1
        end
      ) as "purchases",
      coalesce(
        sum(
          case
            when "action" = $4 then "amount"
          end
        ),
        0
      ) as "revenue"
    from
      "events"
    group by
      cast(0 as integer),
      "category"
  ),
  "ranked" as (
    select
      *,
      row_number() over (
        partition by
          "slot"
        order by
          "revenue" desc,
          "category" asc nulls last
      ) as "rank"
    from
      "totals"
  )
select
  "rank",
  "category",
  "views",
  "carts",
  "purchases",
  "revenue"
from
  "ranked"
where
  "rank" <= $5
order by
  "slot",
  "rank";

-- top-categories, the bazaar
-- ["page","detail","put","out","pay_page","paid","purchase","cart","cart","removeFromCart","cart","view","cart","purchase","purchase",10]
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
      "bazaar"."kind" as "category",
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
      "action",
      "category",
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
      "action",
      "category",
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
      "action",
      "category",
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
      max("category") as "cart_category",
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
      case
        when "carts"."cart_item" is null then "rounds"."category"
        else "carts"."cart_category"
      end as "category",
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
      "category",
      "amount"
    from
      "carted"
  ),
  "totals" as (
    select
      cast(0 as integer) as "slot",
      cast("category" as varchar(65535)) as "category",
      count(
        case
          when "action" = $12 then 1
        end
      ) as "views",
      count(
        case
          when "action" = $13 then 1
        end
      ) as "carts",
      count(
        case
          when "action" = $14 then 1
        end
      ) as "purchases",
      coalesce(
        sum(
          case
            when "action" = $15 then "amount"
          end
        ),
        0
      ) as "revenue"
    from
      "events"
    group by
      cast(0 as integer),
      "category"
  ),
  "ranked" as (
    select
      *,
      row_number() over (
        partition by
          "slot"
        order by
          "revenue" desc,
          "category" asc nulls last
      ) as "rank"
    from
      "totals"
  )
select
  "rank",
  "category",
  "views",
  "carts",
  "purchases",
  "revenue"
from
  "ranked"
where
  "rank" <= $16
order by
  "slot",
  "rank";
