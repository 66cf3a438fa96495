package kpi

import (
	"context"
	"reflect"

	"github.com/crmrollout/crm/kpi/internal/bulk"
)

// gather does a job for customers of any key type: the plain types as they are,
// named ones by way of the widest plain type of their kind.
func gather[K Key](ctx context.Context, e *bulk.Engine, who []K, j bulk.Job) (bulk.Result[K], error) {
	switch plain := any(who).(type) {
	case []string:
		r, err := bulk.GatherTexts(ctx, e, plain, j)
		return same[K](r), err
	case []int:
		return integers[K](ctx, e, plain, j)
	case []int32:
		return integers[K](ctx, e, plain, j)
	case []int64:
		return integers[K](ctx, e, plain, j)
	case []uint32:
		return integers[K](ctx, e, plain, j)
	case []uint64:
		return integers[K](ctx, e, plain, j)
	default:
		return named(ctx, e, who, j)
	}
}

func integers[K Key, I bulk.Integer](ctx context.Context, e *bulk.Engine, who []I, j bulk.Job) (bulk.Result[K], error) {
	r, err := bulk.Gather(ctx, e, who, j)
	return same[K](r), err
}

// same returns a result whose I is K.
func same[K, I any](r bulk.Result[I]) bulk.Result[K] {
	same, _ := any(r).(bulk.Result[K])
	return same
}

// named converts there and back.
func named[K Key](ctx context.Context, e *bulk.Engine, who []K, j bulk.Job) (bulk.Result[K], error) {
	switch kind := reflect.TypeFor[K]().Kind(); {
	case kind == reflect.String:
		r, err := bulk.GatherTexts(ctx, e, column(who, reflect.Value.String), j)
		return bulk.Renamed(r, back[K](r.Totals.Customers, reflect.Value.SetString)), err
	case kind <= reflect.Int64:
		r, err := bulk.Gather(ctx, e, column(who, reflect.Value.Int), j)
		return bulk.Renamed(r, back[K](r.Totals.Customers, reflect.Value.SetInt)), err
	default:
		r, err := bulk.Gather(ctx, e, column(who, reflect.Value.Uint), j)
		return bulk.Renamed(r, back[K](r.Totals.Customers, reflect.Value.SetUint)), err
	}
}

func column[K Key, P any](keys []K, plain func(reflect.Value) P) []P {
	c, v := make([]P, len(keys)), reflect.ValueOf(keys)
	for i := range c {
		c[i] = plain(v.Index(i))
	}
	return c
}

func back[K Key, P any](c []P, set func(reflect.Value, P)) []K {
	if c == nil {
		return nil
	}
	keys := make([]K, len(c))
	v := reflect.ValueOf(keys)
	for i := range c {
		set(v.Index(i), c[i])
	}
	return keys
}
