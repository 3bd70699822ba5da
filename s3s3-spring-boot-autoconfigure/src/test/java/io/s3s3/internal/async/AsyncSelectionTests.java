package io.s3s3.internal.async;

import java.io.EOFException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.s3s3.event.RequestFailedOver;
import io.s3s3.internal.operation.LeafMethod;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.SelectObjectContentEventStream;
import software.amazon.awssdk.services.s3.model.SelectObjectContentRequest;
import software.amazon.awssdk.services.s3.model.SelectObjectContentResponse;
import software.amazon.awssdk.services.s3.model.SelectObjectContentResponseHandler;
import software.amazon.awssdk.utils.async.SimplePublisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;

/**
 * Tests for queries, whose answer is a stream of events.
 */
class AsyncSelectionTests extends AbstractAsyncEngineTests {

	private static final LeafMethod SELECT = LeafMethod.of(S3AsyncClient.class, "selectObjectContent",
			CompletableFuture.class, SelectObjectContentRequest.class, SelectObjectContentResponseHandler.class);

	private static final SelectObjectContentEventStream ROWS = SelectObjectContentEventStream.recordsBuilder().build();

	private static final SelectObjectContentEventStream END = SelectObjectContentEventStream.endBuilder().build();

	private final List<String> told = new CopyOnWriteArrayList<>();

	private final List<SelectObjectContentRequest> sent = new CopyOnWriteArrayList<>();

	@Test
	void endsWithTheEventThatEndsIt() {
		answer(this.primary, null, ROWS, ROWS, END);

		select().join();

		assertThat(this.told).containsExactly("RECORDS", "RECORDS", "END", "end of events", "complete");
	}

	@Test
	void failsIfItStopsBefore() {
		answer(this.primary, null, ROWS);
		answer(this.secondary, null, ROWS, END);

		assertThatThrownBy(() -> select().join()).hasRootCauseInstanceOf(EOFException.class);

		assertThat(this.told).hasSize(3)
			.startsWith("RECORDS")
			.allMatch((each) -> each.equals("RECORDS") || each.startsWith("error"));
		assertThat(told(RequestFailedOver.class)).isEmpty();
	}

	@Test
	void isAskedElsewhereBeforeAnyAnswer() {
		given(this.primary.selectObjectContent(any(SelectObjectContentRequest.class),
				any(SelectObjectContentResponseHandler.class)))
			.willReturn(CompletableFuture.failedFuture(refused()));
		answer(this.secondary, null, ROWS, END);

		select().join();

		assertThat(this.told).containsExactly("RECORDS", "END", "end of events", "complete");
	}

	@Test
	void isSentOnceByTheSdk() {
		answer(this.primary, null, END);

		select().join();

		assertThat(this.sent).singleElement()
			.satisfies((request) -> assertThat(request.overrideConfiguration().orElseThrow().plugins()).hasSize(1));
	}

	@Test
	void passesOnWhatBrokeIt() {
		SdkClientException broken = SdkClientException.create("broken");
		answer(this.primary, broken, ROWS);

		assertThatThrownBy(() -> select().join()).hasCause(broken);

		assertThat(this.told).contains("error broken").doesNotContain("complete");
	}

	private void answer(S3AsyncClient client, @Nullable SdkClientException error,
			SelectObjectContentEventStream... events) {
		given(client.selectObjectContent(any(SelectObjectContentRequest.class),
				any(SelectObjectContentResponseHandler.class)))
			.willAnswer((call) -> {
				this.sent.add(call.getArgument(0));
				SelectObjectContentResponseHandler handler = call.getArgument(1);
				handler.responseReceived(SelectObjectContentResponse.builder().build());
				SimplePublisher<SelectObjectContentEventStream> publisher = new SimplePublisher<>();
				handler.onEventStream(SdkPublisher.adapt(publisher));
				for (SelectObjectContentEventStream event : events) {
					publisher.send(event);
				}
				if (error != null) {
					publisher.error(error);
					return CompletableFuture.failedFuture(error);
				}
				publisher.complete();
				handler.complete();
				return CompletableFuture.completedFuture(null);
			});
	}

	private CompletableFuture<@Nullable Object> select() {
		SelectObjectContentResponseHandler handler = SelectObjectContentResponseHandler.builder()
			.onEventStream((events) -> events.subscribe((event) -> this.told.add(event.sdkEventType().name()))
				.whenComplete((done, error) -> this.told
					.add((error != null) ? "error " + error.getMessage() : "end of events")))
			.onError((error) -> this.told.add("error " + error.getMessage()))
			.onComplete(() -> this.told.add("complete"))
			.build();
		return engine().execute(SELECT, SelectObjectContentRequest.builder().key("k").build(), handler,
				this.events::add);
	}

}
