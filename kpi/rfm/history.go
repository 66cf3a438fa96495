package rfm

import "github.com/crmrollout/crm/kpi"

// History is [kpi.History]: one accumulator feeds this package and its
// neighbours.
type History[K kpi.Key] = kpi.History[K]
