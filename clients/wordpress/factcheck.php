<?php
/**
 * Plugin Name: factcheck
 * Description: Files articles with the fact checkers when they are saved, and shows verdicts where their address is pasted.
 * Version: 0.1.0
 * Requires PHP: 8.1
 * License: Apache-2.0
 *
 * wp-config.php defines FACTCHECK_SITE, the address of the fact checkers' site, and FACTCHECK_TOKEN, the token of a
 * service account that may send articles.
 */

declare(strict_types=1);

defined('ABSPATH') || exit;

const FACTCHECK_SECONDS_TO_NEXT_TRY = 300;
const FACTCHECK_NOT_SENT = ['auto-draft', 'trash'];

add_action('save_post_post', 'factcheck_plan', 10, 2);
add_action('factcheck_send', 'factcheck_send');
add_action('init', 'factcheck_embeds');

/** Nobody who saves waits for the other site: WordPress's own scheduler sends the article. */
function factcheck_plan(int $id, WP_Post $post): void
{
    if (wp_is_post_revision($id) || wp_is_post_autosave($id) || in_array($post->post_status, FACTCHECK_NOT_SENT, true)) {
        return;
    }
    if (!wp_next_scheduled('factcheck_send', [$id])) {
        wp_schedule_single_event(time(), 'factcheck_send', [$id]);
    }
}

/** Sends the article as it stands now. The post's meta field _factcheck says what came of it. */
function factcheck_send(int $id): void
{
    $post = get_post($id);
    $text = $post ? factcheck_text($post->post_content) : '';
    if ($text === '') {
        return;
    }
    $article = ['external_id' => "wordpress-$id", 'title' => $post->post_title, 'text' => $text];
    if ($post->post_status === 'publish') {
        $article['address'] = get_permalink($post);
    }
    $answer = wp_remote_post(FACTCHECK_SITE . '/api/v1/articles/', [
        'timeout' => 15,
        'headers' => [
            'Authorization' => 'Bearer ' . FACTCHECK_TOKEN,
            'Content-Type' => 'application/json',
            // One for each time it was saved: the same save, tried again, is done once.
            'Idempotency-Key' => "wordpress-$id-" . $post->post_modified_gmt,
        ],
        'body' => wp_json_encode($article),
    ]);
    $status = is_wp_error($answer) ? 0 : (int) wp_remote_retrieve_response_code($answer);
    $filed = $status === 200 || $status === 201;
    $passing = $status === 0 || $status === 409 || $status === 429 || $status >= 500;
    if ($passing && !wp_next_scheduled('factcheck_send', [$id])) {
        wp_schedule_single_event(time() + FACTCHECK_SECONDS_TO_NEXT_TRY, 'factcheck_send', [$id]);
    }
    $told = is_wp_error($answer) ? $answer->get_error_message() : wp_remote_retrieve_body($answer);
    $body = json_decode($told, true) ?: [];
    update_post_meta($id, '_factcheck', $filed ? $body['id'] : ($body['detail'] ?? $told));
}

/** Paragraphs apart, so that the last word of one and the first of the next do not become one. */
function factcheck_text(string $html): string
{
    $apart = preg_replace('~</(p|h[1-6]|li|blockquote|figcaption|div|td)>|<br\s*/?>~i', "$0\n\n", $html);
    $plain = html_entity_decode(wp_strip_all_tags($apart ?? $html), ENT_QUOTES | ENT_HTML5, 'UTF-8');
    return trim(preg_replace("~\n\s*\n+~", "\n\n", $plain) ?? $plain);
}

/** The address of a verdict, on a line of its own, becomes its box. */
function factcheck_embeds(): void
{
    wp_oembed_add_provider(FACTCHECK_SITE . '/verdicts/*', FACTCHECK_SITE . '/oembed');
}
