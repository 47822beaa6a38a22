/** A call with curl, signed with openssl as standardwebhooks.com says: over `id.timestamp.body`, with the secret behind `whsec_` decoded. */
export function signingExample(address: string, secret: string): string {
  return [
    `SECRET='${secret}'`,
    `BODY='{"hello":"Relata"}'`,
    'ID="msg_$(date +%s)"; TIME=$(date +%s)',
    'KEY=$(printf %s "$SECRET" | sed s/^whsec_// | base64 -d | xxd -p -c 256)',
    'SIGN=$(printf %s "$ID.$TIME.$BODY" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | base64)',
    `curl -X POST '${address}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    '  -H "webhook-id: $ID" -H "webhook-timestamp: $TIME" \\',
    '  -H "webhook-signature: v1,$SIGN" -d "$BODY"',
  ].join('\n');
}
