package io.s3s3;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.s3s3.event.RequestEvent;
import io.s3s3.testkit.AsyncPair;
import io.s3s3.testkit.DownloadCutter;
import io.s3s3.testkit.EmbeddedS3;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * Two locations whose answers to the asynchronous client break where a test wants it.
 */
@Timeout(60)
abstract class AbstractAsyncResumedDownloadTests {

	static final String KEY = AbstractResumedDownloadTests.KEY;

	static final byte[] CONTENT = AbstractResumedDownloadTests.CONTENT;

	static EmbeddedS3 east;

	static EmbeddedS3 west;

	DownloadCutter primary;

	DownloadCutter secondary;

	private AsyncPair pair;

	FailoverS3AsyncClient s3;

	final List<RequestEvent> events = new CopyOnWriteArrayList<>();

	@BeforeAll
	static void startServers() {
		east = EmbeddedS3.start("east");
		west = EmbeddedS3.start("west");
		AbstractResumedDownloadTests.put(east, CONTENT);
	}

	@AfterAll
	static void stopServers() {
		east.close();
		west.close();
	}

	@BeforeEach
	void start() {
		AbstractResumedDownloadTests.put(west, CONTENT);
		this.primary = DownloadCutter.before(east);
		this.secondary = DownloadCutter.before(west);
		this.pair = AsyncPair.of(this.primary.uri(), this.secondary.uri());
		this.s3 = this.pair.client().on(RequestEvent.class, this.events::add);
	}

	@AfterEach
	void stop() {
		this.pair.close();
		this.primary.close();
		this.secondary.close();
	}

	<E extends RequestEvent> List<E> of(Class<E> type) {
		return this.events.stream().filter(type::isInstance).map(type::cast).toList();
	}

}
