/** How charts draw what is not known: in `<defs>`, filled with `url(#<id>)`. */
export function HatchPattern({ id }: { readonly id: string }) {
	return (
		<pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
			<rect className="heat-hatch-ground" width="6" height="6" />
			<rect className="heat-hatch" width="2" height="6" />
		</pattern>
	);
}
