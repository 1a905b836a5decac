/** The value of a hidden field of the page's form. */
const hidden = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ??
  new RegExp(`value="([^"]*)" name="${name}"`).exec(html)?.[1] ??
  '';

/** Signs in at a site with the demo login, and gives the cookie of who is signed in. */
export const signIn = async (url: string, person: string): Promise<string> => {
  const page = await fetch(new URL('/sign-in', url));
  const cookieOf = (response: Response) => response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const html = await page.text();
  const answer = await fetch(new URL('/sign-in', url), {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookieOf(page), origin: url },
    body: new URLSearchParams({ seal: hidden(html, 'seal'), 'act-id': hidden(html, 'act-id'), person }),
  });
  if (answer.status !== 303) throw new Error(`the sign-in answered ${answer.status}`);
  return cookieOf(answer);
};
