/**
 * Gives the focus away from a row that goes: to the button of the row behind it, or before it, or to what its section
 * begins with.
 *
 * @param button - What was pressed in the row.
 */
export function focusNeighbour(button: EventTarget | null): void {
  const row = (button as Element | null)?.closest('tr');
  const neighbour = row?.nextElementSibling ?? row?.previousElementSibling;
  const others = [...(row?.closest('section')?.querySelectorAll<HTMLElement>('button, select, input') ?? [])];
  const target =
    neighbour?.querySelector<HTMLElement>('.narrow button') ??
    others.find((other) => row?.contains(other) === false) ??
    document.querySelector<HTMLElement>('h1');
  target?.focus();
}
