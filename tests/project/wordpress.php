<?php
// As much of WordPress as the plugin asks for. Saves the posts of standard input, a line of JSON each, runs what was
// scheduled, and prints what the plugin left: the meta fields, what waits, and what is embedded.

declare(strict_types=1);

const ABSPATH = '/';
define('FACTCHECK_SITE', getenv('FACTCHECK_SITE'));
define('FACTCHECK_TOKEN', getenv('FACTCHECK_TOKEN'));

class WP_Post
{
    public int $ID;
    public string $post_title, $post_content, $post_status, $post_modified_gmt, $link;
}

class WP_Error
{
    public function get_error_message(): string
    {
        return 'The site did not answer.';
    }
}

$hooks = $posts = $meta = $embeds = $scheduled = [];

function add_action(string $name, string $does): void
{
    $GLOBALS['hooks'][$name] = $does;
}

function wp_is_post_revision(int $id): bool
{
    return false;
}

function wp_is_post_autosave(int $id): bool
{
    return false;
}

function wp_next_scheduled(string $hook, array $arguments): bool
{
    return isset($GLOBALS['scheduled'][$arguments[0]]);
}

function wp_schedule_single_event(int $at, string $hook, array $arguments): void
{
    $GLOBALS['scheduled'][$arguments[0]] = $at - time();
}

function get_post(int $id): ?WP_Post
{
    return $GLOBALS['posts'][$id] ?? null;
}

function get_permalink(WP_Post $post): string
{
    return $post->link;
}

function wp_json_encode(array $value): string
{
    return json_encode($value);
}

function wp_strip_all_tags(string $text): string
{
    return trim(strip_tags(preg_replace('@<(script|style)[^>]*?>.*?</\\1>@si', '', $text)));
}

function wp_remote_post(string $url, array $options): array|WP_Error
{
    $lines = array_map(fn ($name, $value) => "$name: $value", array_keys($options['headers']), $options['headers']);
    $http = ['method' => 'POST', 'header' => $lines, 'content' => $options['body'], 'ignore_errors' => true];
    $body = @file_get_contents($url, false, stream_context_create(['http' => $http]));
    return $body === false ? new WP_Error() : ['status' => (int) explode(' ', $http_response_header[0])[1], 'body' => $body];
}

function is_wp_error(array|WP_Error $answer): bool
{
    return $answer instanceof WP_Error;
}

function wp_remote_retrieve_response_code(array $answer): int
{
    return $answer['status'];
}

function wp_remote_retrieve_body(array $answer): string
{
    return $answer['body'];
}

function update_post_meta(int $id, string $name, string $value): void
{
    $GLOBALS['meta'][$id][$name] = $value;
}

function wp_oembed_add_provider(string $addresses, string $endpoint): void
{
    $GLOBALS['embeds'][$addresses] = $endpoint;
}

require dirname(__DIR__, 2) . '/clients/wordpress/factcheck.php';

$hooks['init']();
while ($line = fgets(STDIN)) {
    $post = new WP_Post();
    foreach (json_decode($line, true) as $name => $value) {
        $post->$name = $value;
    }
    $posts[$post->ID] = $post;
    $hooks['save_post_post']($post->ID, $post);
    foreach (array_keys($scheduled) as $id) {
        unset($scheduled[$id]);
        $hooks['factcheck_send']($id);
    }
}
echo json_encode(['meta' => $meta, 'waits' => $scheduled, 'embeds' => $embeds]);
