const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** A moment in the time of whoever looks, with the date unless it is today; its title has it whole. */
export function Moment({ iso }: { readonly iso: string }) {
  const moment = new Date(iso);
  const isToday = moment.toDateString() === new Date().toDateString();
  return (
    <time dateTime={iso} title={iso}>
      {(isToday ? time : dateAndTime).format(moment)}
    </time>
  );
}
