import { html, raw } from 'hono/html';
import type { Tenant } from '../../state.ts';
import { alert, page } from './frame.ts';
import type { Html } from './frame.ts';

/** A page with one message: an end that does not go back to the application, unless a flow can begin again. */
export function messagePage(
  tenant: Tenant,
  message: { title: string; text: string; code?: string; flowId?: string | undefined },
): Html {
  return page(
    tenant,
    message.title,
    html`<h1>${message.title}</h1>
      <p ${message.code ? raw('role="alert"') : ''} data-testid="message">${message.text}</p>
      ${message.code ? html`<p class="soft" data-testid="code">${message.code}</p>` : ''}
      ${
        message.flowId === undefined
          ? ''
          : html`<form method="post" class="row">
              <input type="hidden" name="flow" value="${message.flowId}" />
              <button name="step" value="switch" data-testid="switch">Sign in with another account</button>
            </form>`
      }`,
  );
}

/** Asks for the code that a device shows. */
export function deviceCodePage(tenant: Tenant, view: { userCode: string; error?: string }): Html {
  return page(
    tenant,
    'Enter code',
    html`<h1>Enter code to allow access</h1>
      <p class="soft">Use the code that the application shows.</p>
      ${alert(view.error)}
      <form method="post">
        <input type="hidden" name="step" value="code" />
        <label
          >Code
          <input type="text" name="user_code" value="${view.userCode}" autocomplete="off" autofocus required
        /></label>
        <div class="row"><button class="primary" data-testid="next">Next</button></div>
      </form>`,
  );
}

/** `response_mode=form_post`: a form that posts itself to the redirect URI; the button serves without script. */
export function formPostPage(
  tenant: Tenant,
  redirectUri: string,
  fields: Readonly<Record<string, string>>,
  scriptNonce: string,
): Html {
  return page(
    tenant,
    'Working',
    html`<h1>Returning to the application</h1>
      <form method="post" action="${redirectUri}" data-testid="form-post">
        ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
        <div class="row"><button class="primary" data-testid="continue">Continue</button></div>
      </form>
      <script nonce="${scriptNonce}">
        document.forms[0].submit();
      </script>`,
  );
}
