-- brand-attention, by none
-- ["view","view","purchase","purchase",1,10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."brand" as "brand"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-03-06'
  ),
  "totals" as (
    select
      "brand",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "views",
      count(
        distinct case
          when "action" = $2 then "actor"
        end
      ) as "viewers",
      count(
        case
          when "action" = $3 then 1
        end
      ) as "purchases",
      count(
        distinct case
          when "action" = $4 then "actor"
        end
      ) as "buyers"
    from
      "events"
    where
      "brand" is not null
    group by
      "brand"
  ),
  "shares" as (
    select
      *,
      (cast("views" as double precision) / nullif(cast(sum("views") over () as double precision), 0)) as "viewShare",
      coalesce(
        (
          cast("purchases" as double precision) / nullif(cast(sum("purchases") over () as double precision), 0)
        ),
        0
      ) as "purchaseShare"
    from
      "totals"
  ),
  "rated" as (
    select
      *,
      "viewShare" - "purchaseShare" as "attentionGap"
    from
      "shares"
    where
      "views" >= $5
  )
select
  row_number() over (
    order by
      "attentionGap" desc,
      "brand"
  ) as "rank",
  "brand",
  "views",
  "viewers",
  "purchases",
  "buyers",
  "viewShare",
  "purchaseShare",
  "attentionGap"
from
  "rated"
order by
  "rank"
limit
  $6;

-- brand-attention, by category
-- ["view","view","purchase","purchase",1,10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."brand" as "brand",
      "clicks"."category_code" as "category"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-03-06'
  ),
  "totals" as (
    select
      "brand",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "views",
      count(
        distinct case
          when "action" = $2 then "actor"
        end
      ) as "viewers",
      count(
        case
          when "action" = $3 then 1
        end
      ) as "purchases",
      count(
        distinct case
          when "action" = $4 then "actor"
        end
      ) as "buyers",
      cast("category" as varchar(65535)) as "part"
    from
      "events"
    where
      "brand" is not null
    group by
      "brand",
      "category"
  ),
  "shares" as (
    select
      *,
      (
        cast("views" as double precision) / nullif(
          cast(
            sum("views") over (
              partition by
                "part"
            ) as double precision
          ),
          0
        )
      ) as "viewShare",
      coalesce(
        (
          cast("purchases" as double precision) / nullif(
            cast(
              sum("purchases") over (
                partition by
                  "part"
              ) as double precision
            ),
            0
          )
        ),
        0
      ) as "purchaseShare"
    from
      "totals"
  ),
  "rated" as (
    select
      *,
      "viewShare" - "purchaseShare" as "attentionGap"
    from
      "shares"
    where
      "views" >= $5
  ),
  "ranked" as (
    select
      *,
      row_number() over (
        partition by
          "part"
        order by
          "attentionGap" desc,
          "brand"
      ) as "rank"
    from
      "rated"
  )
select
  "part" as "category",
  "rank",
  "brand",
  "views",
  "viewers",
  "purchases",
  "buyers",
  "viewShare",
  "purchaseShare",
  "attentionGap"
from
  "ranked"
where
  "rank" <= $6
order by
  "part" asc nulls last,
  "rank";

-- brand-attention, the first day
-- ["view","view","purchase","purchase",1,10]
with
  "events" as (
    select
      "clicks"."event_time" as "time",
      "clicks"."event_type" as "action",
      "clicks"."user_id" as "actor",
      "clicks"."brand" as "brand"
    from
      "clicks"
    where
      "clicks"."dt" >= date '2024-02-26'
      and "clicks"."dt" <= date '2024-02-26'
  ),
  "totals" as (
    select
      "brand",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "views",
      count(
        distinct case
          when "action" = $2 then "actor"
        end
      ) as "viewers",
      count(
        case
          when "action" = $3 then 1
        end
      ) as "purchases",
      count(
        distinct case
          when "action" = $4 then "actor"
        end
      ) as "buyers"
    from
      "events"
    where
      "brand" is not null
    group by
      "brand"
  ),
  "shares" as (
    select
      *,
      (cast("views" as double precision) / nullif(cast(sum("views") over () as double precision), 0)) as "viewShare",
      coalesce(
        (
          cast("purchases" as double precision) / nullif(cast(sum("purchases") over () as double precision), 0)
        ),
        0
      ) as "purchaseShare"
    from
      "totals"
  ),
  "rated" as (
    select
      *,
      "viewShare" - "purchaseShare" as "attentionGap"
    from
      "shares"
    where
      "views" >= $5
  )
select
  row_number() over (
    order by
      "attentionGap" desc,
      "brand"
  ) as "rank",
  "brand",
  "views",
  "viewers",
  "purchases",
  "buyers",
  "viewShare",
  "purchaseShare",
  "attentionGap"
from
  "rated"
order by
  "rank"
limit
  $6;

-- brand-attention, the traps of the history
-- ["view","view","purchase","purchase",1,10]
with
  "events" as (
    select
      "shop"."event_time" as "time",
      "shop"."event_type" as "action",
      "shop"."user_id" as "actor",
      "shop"."brand" as "brand"
    from
      "shop"
    where
      "shop"."dt" >= date '2024-03-03'
      and "shop"."dt" <= date '2024-03-05'
  ),
  "totals" as (
    select
      "brand",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "views",
      count(
        distinct case
          when "action" = $2 then "actor"
        end
      ) as "viewers",
      count(
        case
          when "action" = $3 then 1
        end
      ) as "purchases",
      count(
        distinct case
          when "action" = $4 then "actor"
        end
      ) as "buyers"
    from
      "events"
    where
      "brand" is not null
    group by
      "brand"
  ),
  "shares" as (
    select
      *,
      (cast("views" as double precision) / nullif(cast(sum("views") over () as double precision), 0)) as "viewShare",
      coalesce(
        (
          cast("purchases" as double precision) / nullif(cast(sum("purchases") over () as double precision), 0)
        ),
        0
      ) as "purchaseShare"
    from
      "totals"
  ),
  "rated" as (
    select
      *,
      "viewShare" - "purchaseShare" as "attentionGap"
    from
      "shares"
    where
      "views" >= $5
  )
select
  row_number() over (
    order by
      "attentionGap" desc,
      "brand"
  ) as "rank",
  "brand",
  "views",
  "viewers",
  "purchases",
  "buyers",
  "viewShare",
  "purchaseShare",
  "attentionGap"
from
  "rated"
order by
  "rank"
limit
  $6;

-- brand-attention, units and orders
-- ["view_item","view_item","sale","sale",1,10]
with
  "events" as (
    select
      "market"."at" as "time",
      "market"."kind" as "action",
      "market"."customer" as "actor",
      "market"."maker" as "brand"
    from
      "market"
    where
      "market"."dt" >= date '2024-03-03'
      and "market"."dt" <= date '2024-03-05'
  ),
  "totals" as (
    select
      "brand",
      count(
        case
          when "action" = $1 then 1
        end
      ) as "views",
      count(
        distinct case
          when "action" = $2 then "actor"
        end
      ) as "viewers",
      count(
        case
          when "action" = $3 then 1
        end
      ) as "purchases",
      count(
        distinct case
          when "action" = $4 then "actor"
        end
      ) as "buyers"
    from
      "events"
    where
      "brand" is not null
    group by
      "brand"
  ),
  "shares" as (
    select
      *,
      (cast("views" as double precision) / nullif(cast(sum("views") over () as double precision), 0)) as "viewShare",
      coalesce(
        (
          cast("purchases" as double precision) / nullif(cast(sum("purchases") over () as double precision), 0)
        ),
        0
      ) as "purchaseShare"
    from
      "totals"
  ),
  "rated" as (
    select
      *,
      "viewShare" - "purchaseShare" as "attentionGap"
    from
      "shares"
    where
      "views" >= $5
  )
select
  row_number() over (
    order by
      "attentionGap" desc,
      "brand"
  ) as "rank",
  "brand",
  "views",
  "viewers",
  "purchases",
  "buyers",
  "viewShare",
  "purchaseShare",
  "attentionGap"
from
  "rated"
order by
  "rank"
limit
  $6;

-- brand-attention, the bazaar
-- ["page","detail","put","out","pay_page","paid","purchase","cart","removeFromCart","cart","view","view","purchase","purchase",1,10]
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
      "bazaar"."maker" as "brand",
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
      "actor",
      "brand",
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
      "actor",
      "brand",
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
      "actor",
      "brand",
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
      max("brand") as "cart_brand"
    from
      "rounds"
    where
      (
        "action" = $8
        or "action" = $9
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
          when "action" = $10 then 1
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
        when "carts"."cart_item" is null then "rounds"."brand"
        else "carts"."cart_brand"
      end as "brand"
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
      "brand"
    from
      "carted"
  ),
  "totals" as (
    select
      "brand",
      count(
        case
          when "action" = $11 then 1
        end
      ) as "views",
      count(
        distinct case
          when "action" = $12 then "actor"
        end
      ) as "viewers",
      count(
        case
          when "action" = $13 then 1
        end
      ) as "purchases",
      count(
        distinct case
          when "action" = $14 then "actor"
        end
      ) as "buyers"
    from
      "events"
    where
      "brand" is not null
    group by
      "brand"
  ),
  "shares" as (
    select
      *,
      (cast("views" as double precision) / nullif(cast(sum("views") over () as double precision), 0)) as "viewShare",
      coalesce(
        (
          cast("purchases" as double precision) / nullif(cast(sum("purchases") over () as double precision), 0)
        ),
        0
      ) as "purchaseShare"
    from
      "totals"
  ),
  "rated" as (
    select
      *,
      "viewShare" - "purchaseShare" as "attentionGap"
    from
      "shares"
    where
      "views" >= $15
  )
select
  row_number() over (
    order by
      "attentionGap" desc,
      "brand"
  ) as "rank",
  "brand",
  "views",
  "viewers",
  "purchases",
  "buyers",
  "viewShare",
  "purchaseShare",
  "attentionGap"
from
  "rated"
order by
  "rank"
limit
  $16;
