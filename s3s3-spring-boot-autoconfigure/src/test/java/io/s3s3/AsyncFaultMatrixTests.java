package io.s3s3;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

import io.s3s3.event.RequestEvent;
import io.s3s3.testkit.Fault;
import io.s3s3.testkit.JoinedS3Client;
import io.s3s3.testkit.Operation;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.context.ApplicationContext;

/**
 * The fault matrix of the asynchronous client, whose cells are those of the blocking one.
 * Most of its faults differ by what the core makes of them, which is the same: only one
 * of each kind is tried, unless {@code -Ds3s3.matrix=all} says otherwise. Left out is
 * what differs: Netty does not tell a peer without TLS from one that hangs up, and an
 * object whose checksum is wrong was given away by then.
 */
class AsyncFaultMatrixTests extends AbstractFaultMatrixTests {

	private static final boolean ALL = "all".equals(System.getProperty("s3s3.matrix"));

	private static final Set<Fault> QUICK = EnumSet.of(Fault.CONNECTION_REFUSED, Fault.CREDENTIALS_PROVIDER_THROWS,
			Fault.RESET_IN_REQUEST_BODY, Fault.CLOSE_WITHOUT_ANSWER, Fault.BODY_IS_TRUNCATED, Fault.DOCUMENT_IS_CUT,
			Fault.SLOW_DOWN, Fault.NO_SUCH_KEY, Fault.HTML_200);

	/** Found out only by waiting. */
	private static final Set<Fault> SLOW = EnumSet.of(Fault.NEVER_ANSWERS, Fault.STOPS_READING, Fault.BODY_STALLS);

	private static final Set<Operation> FEW = EnumSet.of(Operation.PUT_STREAMED, Operation.GET_STREAM);

	@Override
	S3Client client(ApplicationContext context, Consumer<RequestEvent> listener) {
		return JoinedS3Client.of(context.getBean(FailoverS3AsyncClient.class).on(RequestEvent.class, listener));
	}

	@Override
	boolean isTried(Fault fault, Operation operation) {
		boolean differs = fault == Fault.TLS_TO_PLAIN_PORT || fault == Fault.CHECKSUM_IS_WRONG;
		return !differs && (ALL || QUICK.contains(fault) || (SLOW.contains(fault) && FEW.contains(operation)));
	}

}
