package audit

import "reflect"

// canonical returns a copy of a dossier in which every list and map without
// elements is nil. An empty list that is not nil would keep the part it stands in
// from being left out as zero; read back, the part would be zero, and then left
// out.
func canonical(d Dossier) Dossier { return withoutEmpty(reflect.ValueOf(d)).Interface().(Dossier) }

// withoutEmpty returns v, or a copy of it if there can be lists in it. What a
// type keeps in unexported fields has a form of its own and is copied as it is.
func withoutEmpty(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Struct:
		return structWithoutEmpty(v)
	case reflect.Slice:
		return listWithoutEmpty(v)
	case reflect.Map:
		if v.Len() == 0 {
			return reflect.Zero(v.Type())
		}
		return v
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		p := reflect.New(v.Type().Elem())
		p.Elem().Set(withoutEmpty(v.Elem()))
		return p
	default:
		return v
	}
}

func structWithoutEmpty(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	for i := range v.NumField() {
		if v.Type().Field(i).IsExported() {
			out.Field(i).Set(withoutEmpty(v.Field(i)))
		}
	}
	return out
}

func listWithoutEmpty(v reflect.Value) reflect.Value {
	if v.Len() == 0 {
		return reflect.Zero(v.Type())
	}
	switch v.Type().Elem().Kind() {
	case reflect.Struct, reflect.Slice, reflect.Map, reflect.Pointer:
	default:
		return v
	}
	out := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
	for i := range v.Len() {
		out.Index(i).Set(withoutEmpty(v.Index(i)))
	}
	return out
}
