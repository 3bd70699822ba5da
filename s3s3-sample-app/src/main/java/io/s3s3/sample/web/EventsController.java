package io.s3s3.sample.web;

import java.util.List;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Shows the failovers: the latest ones, and new ones as they happen.
 */
@RestController
@RequestMapping("/events")
class EventsController {

	private final FailoverFeed feed;

	EventsController(FailoverFeed feed) {
		this.feed = feed;
	}

	@GetMapping
	List<FailoverEntry> latest() {
		return this.feed.latest();
	}

	@GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter stream() {
		return this.feed.subscribe();
	}

}
