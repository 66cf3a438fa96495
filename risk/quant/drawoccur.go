package quant

import (
	"math"
	"slices"
)

// fires finds the iterations of a batch in which a risk happens: they are left in
// hit, and for each a uniform draw in u that is independent of that. For a risk with
// a rate, times holds how often.
func (d *drawer) fires(i int, first int64) int {
	u := &d.p.units[i]
	switch {
	case u.p == 0:
		return 0
	case u.occ >= 0 && d.p.groups[u.occ].from != nil:
		return d.firesDrawn(u, first)
	case u.occ >= 0 && d.p.groups[u.occ].cum != nil:
		return d.firesJointly(u, first)
	case u.counts != nil || (u.occ >= 0 && d.p.groups[u.occ].chol != nil):
		return d.firesLatently(u, first)
	case u.occ >= 0:
		return d.firesByFactor(u, first)
	default:
		return d.firesAlone(u, first)
	}
}

// firesAlone decides by one draw P: the risk happens if P > 1 − p, and what is left,
// (P − 1 + p)/p, is uniform again. Most draws are told by their upper 32 bits.
func (d *drawer) firesAlone(u *drawUnit, first int64) int {
	u.occurs.main.fill(d.bits, first)
	limit := uint32(u.certain >> 32)
	n := 0
	hit := d.hit
	for i, r := range d.bits {
		hit[n] = int32(i)
		if r >= limit {
			n++
		}
	}
	kept := 0
	scale := 1 / u.p
	offset := (0.5 - float64(uint32(u.certain))*0x1p-32) * 0x1p-32
	for _, i := range hit[:n] {
		r := d.bits[i]
		over := r - limit
		v := (float64(over)*0x1p-32 + offset) * scale
		if over < tailDraws || r >= 1<<32-tailDraws {
			long := u.occurs.long(r, first+int64(i))
			if long < u.certain {
				continue
			}
			v = restOf(long, u.certain)
		}
		hit[kept], d.u[kept] = i, v
		kept++
	}
	return kept
}

// restOf returns (long − certain + ½)/(2⁶⁴ − certain), kept below 1, with the digits
// of its distance from 1.
func restOf(long, certain uint64) float64 {
	width := 0x1p64 - float64(certain)
	if above := float64(^long) + 0.5; above < 0.5*width {
		return 1 - math.Max(above/width, 0x1p-53)
	}
	return (float64(long-certain) + 0.5) / width
}

// firesLatently decides by a latent variable that follows several others, or by the
// count of a risk with a rate.
func (d *drawer) firesLatently(u *drawUnit, first int64) int {
	d.occurrenceUniforms(u, first)
	n := 0
	if u.counts == nil {
		for i, v := range d.y {
			d.hit[n], d.u[n] = int32(i), insideUnit((v-(1-u.p))/u.p)
			if v > 1-u.p {
				n++
			}
		}
		return n
	}
	for i, v := range d.y {
		if v > u.counts[0] {
			count, _ := slices.BinarySearch(u.counts, v)
			d.hit[n], d.times[n] = int32(i), int32(count)
			n++
		}
	}
	d.severityUniforms(u.costs, first, n)
	return n
}

// firesByFactor decides by a latent variable λf + √(1−λ²)ε: the risk happens if
// Φ(ε) passes t = Φ((z − λf)/√(1−λ²)), and what is left, (Φ(ε) − t)/(1 − t), is
// uniform again. Most draws are told by a lower limit of t.
func (d *drawer) firesByFactor(u *drawUnit, first int64) int {
	u.occurs.main.fill(d.bits, first)
	table, limits := tableOfPhi(), lowerLimits()
	own := math.Max(math.Sqrt((1-u.occLoad)*(1+u.occLoad)), 1e-12)
	slope, start := u.occLoad/own, -normQuantile(u.p)/own
	factor := d.latent[u.occ][0]
	n := 0
	hit := d.hit
	for i, r := range d.bits {
		hit[n] = int32(i)
		if r >= limits.below(start-slope*factor[i]) {
			n++
		}
	}
	kept := 0
	for _, i := range hit[:n] {
		t := table.at(start - slope*factor[i])
		v := u.occurs.uniform(d.bits[i], first+int64(i))
		if v <= t {
			continue
		}
		hit[kept], d.u[kept] = i, insideUnit((v-t)/(1-t))
		kept++
	}
	return kept
}

// occurrenceUniforms writes the uniform that decides on happening to y.
func (d *drawer) occurrenceUniforms(u *drawUnit, first int64) {
	if u.occ < 0 {
		d.uniforms(d.y, u.occurs, first)
		return
	}
	table := tableOfPhi()
	if d.p.groups[u.occ].chol != nil {
		for i, z := range d.latent[u.occ][u.occAt] {
			d.y[i] = table.at(z)
		}
		return
	}
	d.normals(d.x, u.occurs, first)
	own := math.Sqrt((1 - u.occLoad) * (1 + u.occLoad))
	for i, f := range d.latent[u.occ][0] {
		d.y[i] = table.at(u.occLoad*f + own*d.x[i])
	}
}

// firesJointly reads the state of a joint.
func (d *drawer) firesJointly(u *drawUnit, first int64) int {
	n := 0
	for i, s := range d.states[u.occ] {
		d.hit[n] = int32(i)
		n += int(s >> u.occAt & 1)
	}
	d.severityUniforms(u.costs, first, n)
	return n
}

// severityUniforms writes a draw of a source for each hit to u.
func (d *drawer) severityUniforms(s source, first int64, n int) {
	for k, i := range d.hit[:n] {
		at := first + int64(i)
		d.u[k] = s.uniform(s.main.draw(at), at)
	}
}
