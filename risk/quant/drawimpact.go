package quant

import "math"

// costs returns the cost of each hit.
func (d *drawer) costs(i int, first int64, n int) []float64 {
	u := &d.p.units[i]
	x := d.x[:n]
	if u.sev >= 0 {
		d.latentSeverities(u, n)
	}
	u.severity.quantiles(x, d.u[:n])
	if u.counts != nil {
		d.furtherTimes(u, first, n)
	}
	return x
}

// latentSeverities turns the uniforms of severities, as the own parts of latent
// variables, into those that follow a group.
func (d *drawer) latentSeverities(u *drawUnit, n int) {
	table := tableOfPhi()
	if d.p.groups[u.sev].chol != nil {
		z := d.latent[u.sev][u.sevAt]
		for k, i := range d.hit[:n] {
			d.u[k] = insideUnit(table.at(z[i]))
		}
		return
	}
	standardNormal().quantiles(d.x[:n], d.u[:n])
	own := math.Sqrt((1 - u.sevLoad) * (1 + u.sevLoad))
	factor := d.latent[u.sev][0]
	for k, i := range d.hit[:n] {
		d.u[k] = insideUnit(table.at(u.sevLoad*factor[i] + own*d.x[k]))
	}
}

// insideUnit keeps a probability strictly between 0 and 1.
func insideUnit(u float64) float64 {
	if u < 0x1p-60 { // branches that are hardly ever taken cost less than min and max
		return 0x1p-60
	}
	if u > 1-0x1p-53 {
		return 1 - 0x1p-53
	}
	return u
}

// furtherTimes adds the severities of the second time and all later ones to x.
func (d *drawer) furtherTimes(u *drawUnit, first int64, n int) {
	for k, i := range d.hit[:n] {
		more := int(d.times[k]) - 1
		if more <= 0 {
			continue
		}
		at := first + int64(i)
		for j := range min(more, len(u.again)) {
			d.u[j] = u.again[j].uniform(u.again[j].main.draw(at), at)
		}
		u.severity.quantiles(d.y[:more], d.u[:more])
		for _, y := range d.y[:more] {
			d.x[k] += y
		}
	}
}

// delays returns the delay of each hit.
func (d *drawer) delays(i int, first int64, n int) []float64 {
	u := &d.p.units[i]
	d.severityUniforms(u.delays, first, n)
	u.delay.quantiles(d.x[:n], d.u[:n])
	return d.x[:n]
}
