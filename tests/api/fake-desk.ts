/** The desk of the alerts, for servers over fakes. */
import type { ListedAlert } from '../../src/alerts/alert-book.ts';
import { completeAlert } from '../../src/alerts/alert-request.ts';
import type { AlertDesk } from '../../src/api/alert-desk.ts';
import { AppError } from '../../src/fault/app-error.ts';

/** Alerts in memory; the token of the one subscription there is, is `good`. */
export function fakeDesk(): AlertDesk & { readonly unsubscribed: string[] } {
  const alerts = new Map<string, ListedAlert>();
  const unsubscribed: string[] = [];
  const get = (id: string) => {
    const alert = alerts.get(id);
    if (!alert) throw new AppError('ALERT_NOT_FOUND', { message: `There is no alert "${id}"` });
    return alert;
  };
  return {
    unsubscribed,
    get,
    list: () => [...alerts.values()],
    messages: () => [],
    add: async (request) => {
      const fresh = {
        isPaused: false,
        createdMs: 0,
        lastRunMs: null,
        nextRunMs: 0,
        position: 0,
        error: null,
      };
      const alert = { ...completeAlert(request), ...fresh, messages: { waiting: 0, sent: 0, dead: 0 } };
      alerts.set(alert.id, alert);
      return alert;
    },
    remove: (id) => void alerts.delete(get(id).id),
    subscriptionOf: (token) =>
      token === 'good' ? { alertId: 'graphs', target: 'mail:me@example.org' } : undefined,
    unsubscribe: ({ alertId }) => void unsubscribed.push(alertId),
  };
}
